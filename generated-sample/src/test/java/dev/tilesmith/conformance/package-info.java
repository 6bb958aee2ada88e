/**
 * Every declared kernel, every variant, every awkward shape: bits equal to the reference.
 *
 * <p>{@link dev.tilesmith.conformance.KernelConformance} holds what is true of every format. Another format plugs in by
 * <ol>
 *   <li>an interface for each kind of declaration: the default plan, one with neither bias nor bounds, one with tiles of
 *       its own;
 *   <li>a record that implements {@link dev.tilesmith.conformance.FormatUnderTest}, with a component for its kinds: its
 *       operands, its reference, what it refuses, and the products its arithmetic has reason to fear ({@link
 *       dev.tilesmith.conformance.QuantizedRows} has those of rows that are quantized as they come);
 *   <li>a line of {@link dev.tilesmith.conformance.Formats}, from which the JVMs that are held to less take it, too;
 *   <li>a test class of a few lines that extends {@code KernelConformance}, and its name in the executions of the build.
 * </ol>
 *
 * <p>What costs time is the reference, Java code that the JVM has yet to compile, and emulation. So the reference computes
 * a product once for all kernels; each variant computes products of a few thousand results at all depths; and JVMs that
 * differ only in what Java becomes run Java families alone, CPUs that differ only in machine code run machine code alone
 * ({@link dev.tilesmith.conformance.Families}); and in a machine that is emulated the tiles of a family share what each computes
 * elsewhere ({@link dev.tilesmith.conformance.EmulatedRun}).
 */
@NullMarked
package dev.tilesmith.conformance;

import org.jspecify.annotations.NullMarked;
