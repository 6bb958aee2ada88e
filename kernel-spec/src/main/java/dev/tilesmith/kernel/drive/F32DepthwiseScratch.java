package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.size.Sizes;

/**
 * Where all that machine code of a depthwise convolution of f32 has beside images and filters is in memory that is borrowed for it: bytes from
 * its start, at which the arguments are.
 *
 * @param padding a pixel of padding
 * @param lines copies of lines under a kernel, where images are not read where they lie
 * @param lineBytes bytes of one
 * @param results pixels of lines of results that are not written where they belong
 * @param bytes all of it
 */
record F32DepthwiseScratch(long padding, long lines, long lineBytes, long results, long bytes) {
    private static final int LINE = 64;

    /**
     * That of a convolution.
     *
     * @param nr channels of a panel
     * @throws IllegalArgumentException if lines under a kernel are more than an array has
     */
    static F32DepthwiseScratch of(DepthwiseProduct product, DepthwiseBlocks blocks, int nr) {
        final Conv2dShape shape = product.shape();
        final long ofPixel = Sizes.times(blocks.panels(), nr, Float.BYTES);
        final long padding = up(DepthwiseF32Arguments.bytes(
                runs(product, blocks),
                Math.ceilDiv(blocks.pixels(), DepthwiseF32Arguments.TILE),
                shape.kernelHeight(),
                shape.k()));
        final long lines = padding + up(ofPixel);
        final long lineBytes = up(Sizes.times(blocks.line(), Float.BYTES));
        final long results = Sizes.plus(lines, product.isReadInPlace() ? 0 : Sizes.times(blocks.lines(), lineBytes));
        final long bytes = Sizes.plus(results, Sizes.times(DepthwiseF32Arguments.TILE_LINES, blocks.pixels(), ofPixel));
        Sizes.arrayLength("src: lines under a kernel", bytes / Float.BYTES);
        return new F32DepthwiseScratch(padding, lines, lineBytes, results, bytes);
    }

    /** Runs of a line at most: a pixel each at its edges, and one between them. */
    private static long runs(DepthwiseProduct product, DepthwiseBlocks blocks) {
        final Conv2dShape shape = product.shape();
        final long left = Math.ceilDiv(shape.paddingLeft(product.src().width()), shape.strideWidth());
        final long right = Math.ceilDiv(shape.spanWidth(), shape.strideWidth()) + 1;
        return Math.min(blocks.pixels(), left + right + 1) + 1L;
    }

    private static long up(long bytes) {
        return Sizes.roundUp(bytes, LINE);
    }
}
