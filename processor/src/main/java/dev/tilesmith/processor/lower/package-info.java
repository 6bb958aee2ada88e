/**
 * Stage five, lower: what every target says of itself, whatever it becomes code by. Those that are machine code are in the
 * packages of their instructions.
 *
 * <p>Imports {@code program}, the annotations, what machine code is ({@code asm}), and how panels lie, for what packs or reads
 * them; knows nothing of declarations, formats or plans, nor of any instruction.
 */
@NullMarked
package dev.tilesmith.processor.lower;

import org.jspecify.annotations.NullMarked;
