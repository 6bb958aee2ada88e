/**
 * What the assemblers of all architectures share: items are collected, laid out, and become {@link MachineCode} with a
 * listing. Instructions, operands and encodings are the architectures' own, in the packages below.
 *
 * <p>This package knows nothing of kernels, nor of any architecture. It must import the names of CPU features, and no other
 * Tilesmith package.
 */
@NullMarked
package dev.tilesmith.processor.asm;

import org.jspecify.annotations.NullMarked;
