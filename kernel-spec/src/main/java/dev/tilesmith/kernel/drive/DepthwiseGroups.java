package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.runtime.Conv2dShape;

/**
 * Which columns of a line lie in its groups, of which a dot product takes one for each channel: columns are counted from the first that is
 * under the kernel of the line's first pixel.
 *
 * @param order how groups follow each other
 * @param shape of the convolution
 * @param pixels of a line of results
 */
record DepthwiseGroups(Order order, Conv2dShape shape, int pixels) {
    /** How groups follow each other. */
    enum Order {
        /** One for every second column: two neighbours are computed of the same, by filters that differ by a shift. */
        PAIRED,
        /** One for every second column, which is where each pixel begins. */
        SHARED,
        /** Those of a pixel, then those of the next. */
        APART;

        /** That of a convolution. */
        static Order of(Conv2dShape shape) {
            if (shape.dilationWidth() != 1 || shape.strideWidth() > 2) {
                return APART;
            }
            return shape.strideWidth() == 1 ? PAIRED : SHARED;
        }
    }

    /** Those of a line of so many results. */
    static DepthwiseGroups of(Conv2dShape shape, int pixels) {
        return new DepthwiseGroups(Order.of(shape), shape, pixels);
    }

    /** Groups of a pixel in a row of the kernel: one more value than the kernel has fits, that filters can be shifted. */
    static int ofPixel(Conv2dShape shape) {
        return shape.kernelWidth() / DepthwiseInt8Arguments.TAPS + 1;
    }

    /** Groups of a line. */
    long count() {
        return switch (order) {
            case PAIRED -> (pixels - 1L) / 2 + 2L * (ofPixel(shape) - 1) + 1;
            case SHARED -> pixels - 1L + 2L * (ofPixel(shape) - 1) + 1;
            case APART -> (long) pixels * ofPixel(shape);
        };
    }

    /** The column of a tap of a group. */
    long column(int group, int tap) {
        final int ofPixel = ofPixel(shape);
        return switch (order) {
            case PAIRED, SHARED -> 2L * group + tap;
            case APART ->
                (long) (group / ofPixel) * shape.strideWidth()
                        + ((long) (group % ofPixel) * DepthwiseInt8Arguments.TAPS + tap) * shape.dilationWidth();
        };
    }

    /** Groups from one of a pixel to its next. */
    int step() {
        return switch (order) {
            case PAIRED, SHARED -> 2;
            case APART -> 1;
        };
    }

    /** Groups from the first of a pixel, or of a pair, to that of the next. */
    int tileStep() {
        return switch (order) {
            case PAIRED, SHARED -> 1;
            case APART -> ofPixel(shape);
        };
    }

    /** Pairs of pixels that are computed of the same groups. */
    int pairs() {
        return switch (order) {
            case PAIRED -> pixels / 2;
            case SHARED, APART -> 0;
        };
    }

    /** Pixels that are computed by themselves, after those. */
    int singles() {
        return pixels - 2 * pairs();
    }
}
