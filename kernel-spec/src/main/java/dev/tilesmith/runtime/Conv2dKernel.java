package dev.tilesmith.runtime;

import dev.tilesmith.tune.ShapeClass;

/**
 * A 2-D convolution bound to a family of micro-kernels, or to several, each for a class of shapes: the product of filters and
 * patches of images ({@link Conv2dShape} has the formula), and after it bias, activation and bounds as a product of matrices
 * has them.
 *
 * <p>A kernel is of formats alone, and runs convolutions of any shape; the shape goes with the filters. It may be called from any
 * number of threads at once. The result's bits depend on the operands alone, as those of {@link MatMulKernel} do: each output is
 * what that product gives for its patch, the values of which lie by rows of the kernel, in these by columns, in these by channels.
 * Padding is multiplied like any pixel: by a filter with an infinity it makes NaN, as 0 does.
 *
 * <p>Where rows are quantized as they come, {@code QAI8DX} and {@code QSI8D32}, these are the patches, each with a scale of its
 * own, or for each 32 of its values.
 */
public interface Conv2dKernel extends Kernel {
    /**
     * Packs filters for this kernel, as options say, of which {@code expectedRows} are output pixels of a call, of all images
     * together.
     *
     * @param filters what the declared formats take, with {@link Conv2dShape#outputChannels()} output channels and {@link
     *     Conv2dShape#k()} values of each, in the order OHWI: {@link Weights#nByK}; or in the order HWIO, as TensorFlow has
     *     them: {@link Weights#kByN}. Bias, scales and requantization are given with them. In groups, the filters of the first
     *     group come first
     * @throws IllegalArgumentException if the filters have another shape, or as {@link
     *     MatMulKernel#packRhs(Weights, PackOptions)} says
     * @throws IllegalStateException if the arena of the filters, or that of the options, is closed meanwhile
     */
    PackedFilters packFilters(Conv2dShape shape, Weights filters, PackOptions options);

    /** Packs filters for convolutions of many pixels, into memory that is freed when the result is no longer reachable. */
    default PackedFilters packFilters(Conv2dShape shape, Weights filters) {
        return packFilters(shape, filters, PackOptions.automatic().expecting(ShapeClass.Rows.MOST_FEW + 1));
    }

    /** How a convolution of this shape becomes a product: of pixels where they lie, or by the general path, of patches. */
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
     *     image, {@code dst} overlaps {@code src} or the filters, memory is closed or not for all of the threads to use, the
     *     filters were packed for another family, or pixels are not finite where the options ask for that; nothing has been
     *     written then
     * @throws IllegalStateException if an operand's arena is closed meanwhile; a part of the results may have been written
     */
    void run(Images src, PackedFilters filters, Images dst, RunOptions options);

    /** Convolves all of {@code src}, on the calling thread. */
    default void run(Images src, PackedFilters filters, Images dst) {
        run(src, filters, dst, RunOptions.DEFAULT);
    }
}
