package dev.tilesmith.spec;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Declares a depthwise 2-D convolution of images, {@code dst = clamp(activation(src * filters + bias))} where each filter goes over
 * one channel, on an interface that extends {@code dev.tilesmith.runtime.DepthwiseConv2dKernel} and adds nothing to it. Images lie in
 * the order NHWC.
 *
 * <p>A declaration is of formats alone, those of {@link Conv2d} whose operands are floats, and int8 quantized beforehand, {@code
 * QAI8 x QSI8CX} to {@code QAI8}: sizes, strides, dilations, padding, and how
 * many filters a channel has, are said by the {@code Conv2dShape} that filters are packed with. It has micro-kernels of its own, for a
 * result has a product for each value of its filter and shares none of them with others; results have the bits of {@link Conv2d}'s,
 * with as many groups as channels.
 *
 * <p>For {@code interface Blur}, javac generates {@code BlurKernels} beside it: {@code BlurKernels.best()} is the kernel for
 * the CPU at hand, {@code BlurKernels.table().explain()} says why, and {@code BlurKernels.best().explain(shape)} by what code a kernel of some size goes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@java.lang.annotation.Target(ElementType.TYPE)
public @interface DepthwiseConv2d {
    /** Format of the images that are read, the activations. */
    Format lhs();

    /** Format of the filters, the weights: packed once, each kernel height times kernel width long. */
    Format rhs();

    /** Format of the images that are written. */
    Format dst();

    /** How far variants may differ from each other. */
    Numerics numerics() default Numerics.REPRODUCIBLE;

    /** Whether packing takes a bias, a value for each output channel. A kernel without one is generated without the addition. */
    boolean bias() default true;

    /** What is applied to each result in f32, after the bias and before the bounds of a call. */
    Activation activation() default Activation.NONE;

    /** Whether a call may bound its results. A kernel that may not is generated without the comparisons. */
    boolean clamp() default true;

    /**
     * The targets to generate for; by default all that there is code for. {@link Target#SCALAR} is always among them, and those of
     * the Vector API can be; of f32 alone and of int8 {@link Target#AVX512_VNNI} too.
     */
    Target[] targets() default {};
}
