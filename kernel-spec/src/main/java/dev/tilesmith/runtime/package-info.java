/**
 * What generated kernels lean on and what users call: kernels, packed weights, the dispatch table, the blocking driver.
 *
 * <p>Imports {@code spec}, {@code cpu} and {@code code}; never {@code reference}, which exists to check it.
 */
@NullMarked
package dev.tilesmith.runtime;

import org.jspecify.annotations.NullMarked;
