/**
 * What comes of measurements: ratios, geometric means, JSON and tables.
 *
 * <p>Imports {@code work}; never the benchmarks or the peers.
 */
@NullMarked
package dev.tilesmith.bench.report;

import org.jspecify.annotations.NullMarked;
