/**
 * Those who compute: our kernels, and each peer behind the same two interfaces.
 *
 * <p>Imports {@code work}; never the benchmarks or the reports.
 */
@NullMarked
package dev.tilesmith.bench.peer;

import org.jspecify.annotations.NullMarked;
