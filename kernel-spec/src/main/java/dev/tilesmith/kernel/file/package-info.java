/**
 * Packed weights in files: written, and mapped to be read.
 *
 * <p>Not exported. Imports {@code runtime}, {@code layout} and {@code memory}.
 */
@NullMarked
package dev.tilesmith.kernel.file;

import org.jspecify.annotations.NullMarked;
