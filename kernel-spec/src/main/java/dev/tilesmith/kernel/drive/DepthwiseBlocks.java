package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.size.Sizes;

/**
 * What of images is copied at a time: the lines under a kernel, of the channels of some panels; where not even those of one stay in
 * the cache, for some pixels of a line of results.
 *
 * @param lines lines of an image that are kept at once: as many as kernels span, or all
 * @param panels panels whose channels are copied together
 * @param pixels pixels of a line of results that are computed of them
 * @param line floats of a line at most, or bytes of one that is laid in groups
 */
record DepthwiseBlocks(int lines, int panels, int pixels, int line) {
    /** Pixels for which it is worth to go over an image once more. */
    private static final int FEWEST_PIXELS = 32;

    /**
     * Those of a convolution.
     *
     * @param nr channels of a panel
     * @param together lines of results that are computed at once at most
     * @param limit floats that stay in the cache
     * @throws IllegalArgumentException if what a kernel spans is more than an array has
     */
    static DepthwiseBlocks of(DepthwiseProduct product, int nr, int together, int limit) {
        final int width = product.src().width();
        final int channels = product.shape().outputChannels();
        final int outputs = product.shape().outputWidth(width);
        final long under =
                product.shape().spanHeight() + (together - 1L) * product.shape().strideHeight();
        final int lines = (int) Math.min(under, product.src().height());
        final long panelLines = (lines + 1L) * nr; // of one column
        final long whole = Sizes.times(panelLines, Math.max(1, width));
        final int panels = Math.clamp(limit / whole, 1, Math.ceilDiv(channels, nr));
        final int pixels = whole <= limit
                ? outputs
                : pixels(
                        limit / panelLines - product.shape().spanWidth(),
                        product.shape().strideWidth(),
                        outputs);
        final long columns = Math.min(
                Math.max(1, width),
                (pixels - 1L) * product.shape().strideWidth() + product.shape().spanWidth());
        final long lineFloats = Sizes.times(columns, Math.min((long) panels * nr, channels));
        Sizes.arrayLength("src: lines under a kernel", Sizes.plus(Sizes.times(lines + 1L, lineFloats), nr));
        return new DepthwiseBlocks(lines, panels, pixels, (int) lineFloats);
    }

    /**
     * Those of a convolution of lines in groups of columns.
     *
     * @param nr channels of a panel
     * @param limit bytes that stay in the cache
     * @throws IllegalArgumentException if what a kernel spans is more than an array has
     */
    static DepthwiseBlocks ofGroups(DepthwiseProduct product, int nr, long limit) {
        final Conv2dShape shape = product.shape();
        final int channels = shape.outputChannels();
        final int outputs = shape.outputWidth(product.src().width());
        final int lines = (int) Math.min(shape.spanHeight(), product.src().height());
        final long groupBytes = (long) nr * DepthwiseInt8Arguments.TAPS;
        final long panelLine =
                Sizes.times(DepthwiseGroups.of(shape, Math.max(1, outputs)).count(), groupBytes);
        final long whole = Sizes.times(Math.max(1, lines), panelLine);
        final int panels = Math.clamp(limit / whole, 1, Math.ceilDiv(channels, nr));
        final long ofPixel = Math.max(1, whole / Math.max(1, outputs));
        final int pixels =
                whole <= limit ? outputs : (int) Math.min(outputs, Math.max(FEWEST_PIXELS, limit / ofPixel & -2));
        final long line =
                Sizes.times(DepthwiseGroups.of(shape, Math.max(1, pixels)).count(), groupBytes, panels);
        return new DepthwiseBlocks(lines, panels, pixels, Sizes.arrayLength("src: lines under a kernel", line));
    }

    /** As many as columns beside those under the first pixel's kernel allow. */
    private static int pixels(long columns, int stride, int outputs) {
        return (int) Math.min(outputs, Math.max(FEWEST_PIXELS, columns / stride + 1));
    }

    /** Floats of all lines, that of padding among them, and what the last pixel's last panel reads beyond its channels. */
    int floats(int nr) {
        return (lines + 1) * line + nr;
    }
}
