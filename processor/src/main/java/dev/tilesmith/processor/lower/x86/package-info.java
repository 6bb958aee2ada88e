/**
 * Stage five for x86-64: programs become machine code. One function holds all tiles of a family; it goes over panels
 * and tiles by itself.
 *
 * <p>Imports {@code program}, {@code asm} and {@code asm.x86}, and from {@code dev.tilesmith.kernel} the layouts of panels and
 * of the argument block; knows nothing of declarations, plans or source files.
 */
@NullMarked
package dev.tilesmith.processor.lower.x86;

import org.jspecify.annotations.NullMarked;
