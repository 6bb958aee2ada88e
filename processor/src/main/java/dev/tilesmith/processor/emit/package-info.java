/**
 * Stage six, emit, as far as it is alike for every operation: how generated types are named and marked, how they have
 * machine code in them, and how they are written.
 *
 * <p>Imports {@code model}, the annotations, {@code asm} for its listings, and of kernel-spec what holds machine code.
 */
@NullMarked
package dev.tilesmith.processor.emit;

import org.jspecify.annotations.NullMarked;
