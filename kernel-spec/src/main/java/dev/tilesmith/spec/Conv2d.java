package dev.tilesmith.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Declares a 2-D convolution of images, {@code dst = clamp(activation(src * filters + bias))}, on an interface that extends
 * {@code dev.tilesmith.runtime.Conv2dKernel} and adds nothing to it. Images lie in the order NHWC.
 *
 * <p>A declaration is of formats alone: sizes, strides, dilations, padding and groups are said by the {@code Conv2dShape} that
 * filters are packed with. Each output is a row of a product of matrices, that of its patch with the filters, and is computed by
 * the same micro-kernels as {@link MatMul}'s. So formats go together here that do there, with the same numerics.
 *
 * <p>For {@code interface Edges}, javac generates {@code EdgesKernels} beside it: {@code EdgesKernels.best()} is the
 * kernel for the CPU at hand, {@code EdgesKernels.table().explain()} says why, and {@code EdgesKernels.best().explain(shape)} by what product.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface Conv2d {
    /** Format of the images that are read, the activations. Where rows are quantized as they come, these are the patches. */
    Format lhs();

    /** Format of the filters, the weights: packed once, each kernel height times kernel width times channels long. */
    Format rhs();

    /** Format of the images that are written. */
    Format dst();

    /**
     * Format of the scales of filters that have one for each block: BF16 or F32, and BF16 by default; F16, which is the
     * default there, where {@code lhs} is {@code QSI8D32}. Other filters have none.
     */
    Format scales() default Format.BF16;

    /** How far variants may differ from each other. */
    Numerics numerics() default Numerics.REPRODUCIBLE;

    /** Whether packing takes a bias, a value for each output channel. A kernel without one is generated without the addition. */
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
