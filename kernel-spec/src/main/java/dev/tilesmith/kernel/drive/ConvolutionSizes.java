package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Weights;

/** Whether filters and images are of the sizes that a convolution has. */
final class ConvolutionSizes {
    private ConvolutionSizes() {}

    /**
     * Fails unless filters are.
     *
     * @throws IllegalArgumentException with the sizes that would do
     */
    static void check(Conv2dShape shape, Weights filters) {
        if (filters.n() != shape.outputChannels() || filters.k() != shape.k()) {
            throw new IllegalArgumentException("filters: " + filters.n() + " x " + filters.k()
                    + "; expected outputChannels x values of a filter = " + shape.outputChannels() + " x " + shape.k());
        }
    }

    /**
     * Fails unless images are.
     *
     * @throws IllegalArgumentException with the operand's name, and the sizes that would do
     */
    static void check(Conv2dShape shape, Images src, Images dst) {
        if (src.channels() != shape.inputChannels()) {
            throw new IllegalArgumentException("src: pixels of " + src.channels() + " channels; expected "
                    + shape.inputChannels() + " as the filters have");
        }
        final int height = shape.outputHeight(src.height());
        final int width = shape.outputWidth(src.width());
        if (dst.count() != src.count()
                || dst.height() != height
                || dst.width() != width
                || dst.channels() != shape.outputChannels()) {
            throw new IllegalArgumentException(
                    "dst: " + describe(dst.count(), dst.height(), dst.width(), dst.channels()) + "; expected "
                            + describe(src.count(), height, width, shape.outputChannels()));
        }
    }

    /** A kernel and how it moves, for people to read. */
    static String show(Conv2dShape shape) {
        return shape.kernelHeight() + " x " + shape.kernelWidth() + ", stride " + shape.strideHeight() + " x "
                + shape.strideWidth();
    }

    private static String describe(int count, int height, int width, int channels) {
        return count + " x " + height + " x " + width + " pixels of " + channels + " channels";
    }
}
