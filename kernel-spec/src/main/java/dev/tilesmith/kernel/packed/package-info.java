/**
 * Packed weights: in memory, and in files that are written, and mapped to be read.
 *
 * <p>Not exported. Imports {@code runtime}, {@code layout} and {@code memory}; knows nothing of who packs.
 */
@NullMarked
package dev.tilesmith.kernel.packed;

import org.jspecify.annotations.NullMarked;
