/**
 * Stage five, lower: programs become AArch64 machine code.
 *
 * <p>Imports the encoder {@code asm.aarch64} and {@code asm}, {@code program}, and of {@code dev.tilesmith.kernel} the layouts of
 * argument blocks. Knows nothing of the stages before {@code program}, nor of {@code emit}.
 */
@NullMarked
package dev.tilesmith.processor.lower.aarch64;

import org.jspecify.annotations.NullMarked;
