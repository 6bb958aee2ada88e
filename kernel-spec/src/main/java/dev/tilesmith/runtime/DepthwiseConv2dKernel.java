package dev.tilesmith.runtime;

import dev.tilesmith.tune.ShapeClass;

/**
 * A depthwise 2-D convolution bound to a family of micro-kernels: each filter goes over one channel of images ({@link Conv2dShape}
 * has the formula, with a group for each channel), and after it come bias, activation and bounds.
 *
 * <p>A kernel is of formats alone, and runs convolutions of any such shape; the shape goes with the filters. It may be called from any
 * number of threads at once. The result's bits depend on the operands alone, and are those of {@link Conv2dKernel}: each output is
 * one chain of fused multiply-adds over the values of its filter, by rows of the kernel, in these by columns; of int8 an exact sum,
 * requantized. Padding stands for 0, the zero point of the input in int8; it is multiplied
 * like any pixel: by a filter with an infinity it makes NaN, as 0 does.
 */
public interface DepthwiseConv2dKernel extends Kernel {
    /**
     * Packs filters for this kernel, as options say, of which {@code expectedRows} are output pixels of a call, of all images
     * together.
     *
     * @param shape one with a group for each channel, as {@link Conv2dShape#depthwise(int, int, int)} makes it
     * @param filters what the declared formats take, with {@link Conv2dShape#outputChannels()} output channels and {@link
     *     Conv2dShape#k()} values of each: {@link Weights#nByK} of the order OHW, as PyTorch and ONNX have them; or {@link
     *     Weights#kByN} of the order HWO, as TensorFlow and TensorFlow Lite do. Those of the first channel come first. A bias is given
     *     with them
     * @throws IllegalArgumentException if the shape is not depthwise, the filters have another shape, or as {@link
     *     MatMulKernel#packRhs(Weights, PackOptions)} says
     * @throws IllegalStateException if the arena of the filters, or that of the options, is closed meanwhile
     */
    PackedDepthwiseFilters packFilters(Conv2dShape shape, Weights filters, PackOptions options);

    /** Packs filters for convolutions of many pixels, into memory that is freed when the result is no longer reachable. */
    default PackedDepthwiseFilters packFilters(Conv2dShape shape, Weights filters) {
        return packFilters(shape, filters, PackOptions.automatic().expecting(ShapeClass.Rows.MOST_FEW + 1));
    }

    /**
     * By what code of the family a convolution of this shape goes: by code of its own, or by the general path, which takes kernels of any
     * size; and which sizes have code of their own.
     *
     * @throws IllegalArgumentException if the shape is not depthwise
     */
    String explain(Conv2dShape shape);

    /**
     * Convolves: reads {@code src}, images of {@link Conv2dShape#inputChannels()} channels, and writes {@code dst}, as many images
     * of {@link Conv2dShape#outputHeight} rows and {@link Conv2dShape#outputWidth} columns, of {@link
     * Conv2dShape#outputChannels()} channels.
     *
     * <p>A portion of the output, {@link RunOptions#rows(int, int)} and {@link RunOptions#columns(int, int)}, is one of the rows
     * and columns of {@code dst.pixels()}: of its pixels, and of its channels. {@link RunOptions#requireFiniteRows()} looks at all
     * of {@code src}.
     *
     * <p>Results may lie in the array or segment of the input, beside its pixels or between them, but for elements that are theirs.
     *
     * @throws IllegalArgumentException if the images do not fit the shape or each other, the kernel is larger than a padded
     *     image, or spans more of one than a Java array holds, {@code dst} overlaps {@code src} or the filters, memory is closed or not
     *     for all of the threads to use, the filters were packed for another family, or pixels are not finite where the options ask for
     *     that; nothing has been written then
     * @throws IllegalStateException if an operand's arena is closed meanwhile; a part of the results may have been written
     */
    void run(Images src, PackedDepthwiseFilters filters, Images dst, RunOptions options);

    /** Convolves all of {@code src}, on the calling thread. */
    default void run(Images src, PackedDepthwiseFilters filters, Images dst) {
        run(src, filters, dst, RunOptions.DEFAULT);
    }
}
