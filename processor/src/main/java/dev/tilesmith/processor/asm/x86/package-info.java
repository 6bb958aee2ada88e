/**
 * An encoder for the x86-64 instructions that matrix micro-kernels need, after the Intel SDM, volume 2, chapter 2: REX,
 * VEX and EVEX prefixes, ModRM and SIB, compressed displacements. {@link Op} is the table of instructions,
 * {@link Assembler} turns them, labels and constants into {@link
 * dev.tilesmith.processor.asm.MachineCode}.
 *
 * <p>This package knows nothing of kernels. It must import the package above and the JDK: no other Tilesmith package.
 */
@NullMarked
package dev.tilesmith.processor.asm.x86;

import org.jspecify.annotations.NullMarked;
