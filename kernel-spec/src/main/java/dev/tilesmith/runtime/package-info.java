/**
 * What users touch: kernels, matrices, weights and packed weights, options of a call, the dispatch table.
 *
 * <p>Imports {@code spec}, {@code cpu}, {@code code}, {@code size} and {@code setting}; never {@code kernel}, which does what
 * these types promise, nor {@code reference}, which exists to check it.
 */
@NullMarked
package dev.tilesmith.runtime;

import org.jspecify.annotations.NullMarked;
