/**
 * Packing weights into panels: what each format takes, where values come from, how they are quantized, and the packers.
 *
 * <p>Not exported. Imports {@code runtime}, {@code layout}, {@code argument}, {@code memory} and {@code thread}; knows nothing
 * of how products are computed.
 */
@NullMarked
package dev.tilesmith.kernel.packing;

import org.jspecify.annotations.NullMarked;
