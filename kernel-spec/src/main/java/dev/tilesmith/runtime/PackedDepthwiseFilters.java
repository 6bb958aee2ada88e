package dev.tilesmith.runtime;

/**
 * Filters of a depthwise convolution re-laid for one family of kernels, by {@link DepthwiseConv2dKernel#packFilters(Conv2dShape,
 * Weights, PackOptions)}: panels of nr output channels, each with all values of their filters and then the biases. Immutable, and
 * shared freely between threads.
 *
 * @param shape of the convolution: a group for each input channel
 * @param values the filters: {@code outputChannels} rows of {@code k} values, after those of each row of the kernel as many zeros as the
 *     family wants
 * @param paddingValue what padding holds: the zero point of images of static int8, from -128 to 127; of other images 0
 */
public record PackedDepthwiseFilters(Conv2dShape shape, PackedRhs values, int paddingValue) {
    /** Checks that the shape is depthwise, and that filters are as many and as long as it says. */
    public PackedDepthwiseFilters {
        shape.requireDepthwise();
        if (values.n() != shape.outputChannels() || !holds(values.k(), shape)) {
            throw new IllegalArgumentException(
                    "values: " + values.n() + " x " + values.k() + "; expected filters x values = "
                            + shape.outputChannels() + " x " + shape.k() + " as in the shape");
        }
        if (paddingValue != (byte) paddingValue) {
            throw new IllegalArgumentException("paddingValue: " + paddingValue + "; expected -128 to 127");
        }
    }

    /** Whether so many values are those of a filter, with zeros after each row of the kernel or without. */
    private static boolean holds(int k, Conv2dShape shape) {
        return k >= shape.k() && k % shape.kernelHeight() == 0;
    }
}
