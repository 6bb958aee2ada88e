/**
 * What users touch: kernels, matrices, weights and packed weights, options of a call, the dispatch table.
 *
 * <p>Imports {@code spec}, {@code cpu}, {@code code} and {@code size}, and what of {@code kernel} it leaves work to; never
 * {@code reference}, which exists to check it.
 */
@NullMarked
package dev.tilesmith.runtime;

import org.jspecify.annotations.NullMarked;
