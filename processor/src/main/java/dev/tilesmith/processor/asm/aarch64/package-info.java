/**
 * An encoder for the AArch64 instructions that matrix micro-kernels need: general registers, Advanced SIMD, SVE, SME and
 * SME2, after the encoding diagrams of the Arm Architecture Reference Manual (DDI 0487) and its SME supplement (DDI
 * 0616). {@link Op} lists the instructions; {@link BaseForms}, {@link NeonForms}, {@link SveForms}, {@link SmeForms} and
 * {@link Sme2Forms} are tables of their forms, each a line of operands and a diagram; {@link Assembler} turns
 * instructions, labels and constants into {@link
 * dev.tilesmith.processor.asm.MachineCode}.
 *
 * <p>This package knows nothing of kernels. It must import the package above and the JDK: no other Tilesmith package.
 */
@NullMarked
package dev.tilesmith.processor.asm.aarch64;

import org.jspecify.annotations.NullMarked;
