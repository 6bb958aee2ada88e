package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.size.Sizes;

/**
 * Where all that machine code of a depthwise convolution has beside images and filters is in memory that is borrowed for it: bytes from its
 * start, at which the arguments are.
 *
 * @param shifted room for filters of second pixels
 * @param padding a pixel of padding
 * @param columns where the columns of groups are in a line of an image
 * @param paddingLine a line of groups of padding
 * @param lines those under a kernel
 * @param copy a line of an image that is not read where it lies
 * @param results a line of results that are not written where they belong
 * @param bytes all of it
 */
record Int8DepthwiseScratch(
        long shifted, long padding, long columns, long paddingLine, long lines, long copy, long results, long bytes) {
    private static final int LINE = 64;

    /**
     * That of a convolution.
     *
     * @param nr channels of a panel
     * @throws IllegalArgumentException if lines under a kernel are more than an array has
     */
    static Int8DepthwiseScratch of(DepthwiseProduct product, DepthwiseBlocks blocks, int nr) {
        final Conv2dShape shape = product.shape();
        final long ofPixel = (long) nr * blocks.panels();
        final long filters = Sizes.times(
                shape.kernelHeight(), DepthwiseGroups.ofPixel(shape), (long) nr * DepthwiseInt8Arguments.TAPS);
        final long groups = DepthwiseGroups.of(shape, blocks.pixels()).count();
        final long columns = Math.min(
                Math.max(1, product.src().width()), (blocks.pixels() - 1L) * shape.strideWidth() + shape.spanWidth());
        final long shifted = up(DepthwiseInt8Arguments.bytes(shape.kernelHeight()));
        final long padding = shifted + up(filters);
        final long table = padding + up(ofPixel);
        final long paddingLine = table + up(Sizes.times(groups, DepthwiseInt8Arguments.TAPS, Long.BYTES));
        final long lines = paddingLine + blocks.line();
        final long copy = Sizes.plus(lines, Sizes.times(blocks.lines(), blocks.line()));
        final long results = Sizes.plus(copy, up(Sizes.times(columns, ofPixel)));
        final long bytes = Sizes.plus(results, up(Sizes.times(blocks.pixels(), ofPixel)));
        Sizes.arrayLength("src: lines under a kernel", bytes);
        return new Int8DepthwiseScratch(shifted, padding, table, paddingLine, lines, copy, results, bytes);
    }

    private static long up(long bytes) {
        return Sizes.roundUp(bytes, LINE);
    }
}
