/**
 * Blocks of arguments: what the driver hands to machine code, and where that finds each.
 *
 * <p>The annotation processor reads these layouts; they are not for users. Imports nothing of Tilesmith.
 */
@NullMarked
package dev.tilesmith.kernel.argument;

import org.jspecify.annotations.NullMarked;
