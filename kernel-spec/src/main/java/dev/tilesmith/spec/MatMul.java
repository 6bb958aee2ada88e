package dev.tilesmith.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Declares a matrix multiplication {@code dst[m][n] = clamp(activation(lhs[m][k] · rhs[k][n] + bias[n]))}, on an
 * interface that extends {@code dev.tilesmith.runtime.MatMulKernel} and adds nothing to it.
 *
 * <p>For {@code interface Linear}, javac generates {@code LinearKernels} beside it: {@code LinearKernels.best()} is the
 * kernel for the CPU at hand, {@code LinearKernels.table().explain()} says why.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface MatMul {
    /** Format of the left operand, the activations: m rows of k values. */
    Format lhs();

    /** Format of the right operand, the weights: packed once, for n columns of k values. */
    Format rhs();

    /** Format of the result: m rows of n values. */
    Format dst();

    /**
     * Format of the scales of weights that have one for each block: BF16 or F32, and BF16 by default; F16, which is the
     * default there, where {@code lhs} is {@code QSI8D32}. Other weights have none.
     */
    Format scales() default Format.BF16;

    /** How far variants may differ from each other. */
    Numerics numerics() default Numerics.REPRODUCIBLE;

    /** Whether packing takes a bias of n values. A kernel without one is generated without the addition. */
    boolean bias() default true;

    /**
     * What is applied to each result in f32, after the bias and before the bounds of a call. Results that are quantized, and
     * exact sums, have none.
     */
    Activation activation() default Activation.NONE;

    /** Whether a call may bound its results. A kernel that may not is generated without the comparisons. */
    boolean clamp() default true;

    /** The targets to generate for; by default all that the formats allow. {@link Target#SCALAR} is always among them. */
    Target[] targets() default {};
}
