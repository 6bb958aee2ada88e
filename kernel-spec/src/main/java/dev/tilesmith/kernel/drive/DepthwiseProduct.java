package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;

/**
 * One call of a depthwise convolution, checked, or a part of it.
 *
 * @param shape its shape: a group for each input channel
 * @param src the images that are read
 * @param paddingValue what padding holds
 * @param product the filters, k values for each output channel, and the results that are computed: a row for each pixel. The
 *     left operand is the pixels of the images
 */
record DepthwiseProduct(Conv2dShape shape, Images src, int paddingValue, Product product) {
    /** Results of each channel that is read. */
    int multiplier() {
        return shape.outputChannels() / shape.inputChannels();
    }

    /** Whether machine code reads images where they lie: off the heap, with a value for each result. */
    boolean isReadInPlace() {
        return multiplier() == 1 && src.pixels() instanceof Matrix.Segment;
    }

    /** The same for a part of the results. */
    DepthwiseProduct part(Product part) {
        return new DepthwiseProduct(shape, src, paddingValue, part);
    }
}
