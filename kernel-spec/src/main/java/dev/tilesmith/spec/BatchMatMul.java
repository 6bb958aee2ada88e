package dev.tilesmith.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Declares products of matrices in pairs, {@code dst = clamp(activation(lhs * rhs))} for each pair, on an interface that extends
 * {@code dev.tilesmith.runtime.BatchMatMulKernel} and adds nothing to it. Both operands come with a call, as queries, keys and values
 * of attention do: right operands are packed in it, and quantized there if {@code rhs} is a quantized format.
 *
 * <p>Each product is computed by the same micro-kernels as {@link MatMul}'s. So formats go together here that do there, with the same
 * numerics, but for those whose right operands are quantized by what is known beforehand alone.
 *
 * <p>For {@code interface Scores}, javac generates {@code ScoresKernels} beside it: {@code ScoresKernels.best()} is the kernel for the
 * CPU at hand, {@code ScoresKernels.table().explain()} says why.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface BatchMatMul {
    /** Format of the left operands. */
    Format lhs();

    /** Format of the right operands as they are multiplied: where it is quantized, a call has them in F32. */
    Format rhs();

    /** Format of the results. */
    Format dst();

    /** How far variants may differ from each other. */
    Numerics numerics() default Numerics.REPRODUCIBLE;

    /** What is applied to each result in f32, before the bounds of a call. */
    Activation activation() default Activation.NONE;

    /** Whether a call may bound its results. A kernel that may not is generated without the comparisons. */
    boolean clamp() default true;

    /** The targets to generate for; by default all that the formats allow. {@link Target#SCALAR} is always among them. */
    Target[] targets() default {};
}
