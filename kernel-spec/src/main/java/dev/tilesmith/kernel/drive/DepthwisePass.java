package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Conv2dShape;

/**
 * The way over images for one part of the results of a depthwise convolution in Java.
 *
 * <p>Lines of an image are copied once, as floats; then a micro-kernel goes along a line of results, a panel of channels after the
 * other, with the filters of a panel in registers. Where a kernel reaches over the left or right edge of an image it goes pixel by pixel,
 * each with places of its own for its taps; lines above and below an image are a line of padding.
 */
final class DepthwisePass {
    private final DepthwiseProduct part;
    private final Product product;
    private final Conv2dShape shape;
    private final DepthwiseBlocks blocks;
    private final DepthwiseLines lines;
    private final DepthwiseTileRows tiles;
    private final int nr;
    private final int inputWidth;
    private final int outputHeight;
    private final int outputWidth;
    private final long paddingTop;
    private final long paddingLeft;
    private final int[] tapAt;
    private final int[] lineAt;
    private int firstPanel;
    private int endPanel;
    private long firstColumn;

    /**
     * That of a part.
     *
     * @param lines of its images
     * @param tiles what is done with them
     * @param nr channels of a panel
     */
    DepthwisePass(
            DepthwiseProduct part, DepthwiseBlocks blocks, DepthwiseLines lines, DepthwiseTileRows tiles, int nr) {
        this.part = part;
        this.product = part.product();
        this.shape = part.shape();
        this.blocks = blocks;
        this.lines = lines;
        this.tiles = tiles;
        this.nr = nr;
        this.inputWidth = part.src().width();
        this.outputHeight = shape.outputHeight(part.src().height());
        this.outputWidth = shape.outputWidth(inputWidth);
        this.paddingTop = shape.paddingTop(part.src().height());
        this.paddingLeft = shape.paddingLeft(inputWidth);
        this.tapAt = new int[shape.k()];
        this.lineAt = new int[shape.kernelHeight()];
    }

    void run() {
        final int end = product.endPanel(nr);
        for (int panel = product.firstPanel(nr); panel < end; panel += blocks.panels()) {
            firstPanel = panel;
            endPanel = Math.min(end, panel + blocks.panels());
            for (long x = 0; x < outputWidth; x += blocks.pixels()) {
                columns((int) x, (int) Math.min(outputWidth, x + blocks.pixels()));
            }
        }
    }

    /** All lines of results, between two columns. */
    private void columns(int from, int to) {
        begin(from, to);
        final int lastLine = (product.endRow() - 1) / outputWidth;
        for (int line = product.firstRow() / outputWidth; line <= lastLine; line++) {
            final long start = (long) line * outputWidth;
            final int first = (int) Math.max(from, product.firstRow() - start);
            final int end = (int) Math.min(to, product.endRow() - start);
            if (first < end) {
                line(line, first, end);
            }
        }
    }

    /** Turns to the columns of images that are under kernels of some columns of results. */
    private void begin(int from, int to) {
        firstColumn = Math.clamp((long) from * shape.strideWidth() - paddingLeft, 0, inputWidth);
        final long endColumn =
                Math.clamp((to - 1L) * shape.strideWidth() - paddingLeft + shape.spanWidth(), 0, inputWidth);
        final int firstChannel = firstPanel * nr;
        lines.begin(
                (int) firstColumn,
                (int) Math.max(0, endColumn - firstColumn),
                firstChannel,
                (int) Math.min((long) endPanel * nr, shape.outputChannels()) - firstChannel);
    }

    /** Pixels of a line of results, which is counted over all images. */
    private void line(int line, int from, int to) {
        final int image = line / outputHeight;
        final long top = (long) (line % outputHeight) * shape.strideHeight() - paddingTop;
        for (int r = 0; r < lineAt.length; r++) {
            final long row = top + (long) r * shape.dilationHeight();
            lineAt[r] = row >= 0 && row < part.src().height() ? lines.line(image, (int) row) : DepthwiseLines.PADDING;
        }
        final int first = line * outputWidth;
        final int firstInside = Math.clamp(Math.ceilDiv(paddingLeft, shape.strideWidth()), from, to);
        final long endInside = Math.floorDiv(inputWidth - shape.spanWidth() + paddingLeft, shape.strideWidth()) + 1;
        final int end = Math.clamp(endInside, firstInside, to);
        for (int x = from; x < firstInside; x++) {
            pixels(first, x, 1);
        }
        if (firstInside < end) {
            pixels(first, firstInside, end - firstInside);
        }
        for (int x = end; x < to; x++) {
            pixels(first, x, 1);
        }
    }

    /**
     * Pixels of a line of results: one, or several whose kernels reach over no edge.
     *
     * @param line the line's first row of the result
     */
    private void pixels(int line, int x, int count) {
        place((long) x * shape.strideWidth() - paddingLeft);
        final int stride = shape.strideWidth() * lines.columnFloats(); // of one pixel it is no matter
        for (int done = 0; done < count; done += DepthwiseTileRows.PIXELS) {
            final int some = Math.min(DepthwiseTileRows.PIXELS, count - done);
            for (int panel = firstPanel; panel < endPanel; panel++) {
                tiles.compute(
                        panel,
                        line + x + done,
                        some,
                        lines.floats(),
                        tapAt,
                        (panel - firstPanel) * nr + done * stride,
                        stride);
            }
        }
    }

    /** Finds the taps of a kernel whose first column is {@code left}, which may be outside of the image. */
    private void place(long left) {
        int tap = 0;
        for (final int line : lineAt) {
            for (int s = 0; s < shape.kernelWidth(); s++) {
                final long column = left + (long) s * shape.dilationWidth();
                tapAt[tap++] = column >= 0 && column < inputWidth
                        ? line + (int) (column - firstColumn) * lines.columnFloats()
                        : DepthwiseLines.PADDING;
            }
        }
    }
}
