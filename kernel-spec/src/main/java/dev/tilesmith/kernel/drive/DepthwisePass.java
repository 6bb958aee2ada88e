package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;

/**
 * The way over images for one part of the results of a depthwise convolution: over panels, as many at a time as lines are kept of, for these
 * over columns, and for these over lines of results.
 */
abstract sealed class DepthwisePass permits F32NativeDepthwisePass, Int8NativeDepthwisePass, JavaDepthwisePass {
    private static final int NONE = -1;

    private final Product product;
    private final Conv2dShape shape;
    private final Images src;
    private final DepthwiseBlocks blocks;
    private final int nr;
    private final int outputHeight;
    private final int outputWidth;
    private final long paddingTop;
    private final long paddingLeft;
    private int firstPanel;
    private int endPanel;
    private int image;
    private long top;
    private int firstRow;

    /** What is done with pixels of a line of results. */
    interface Runs {
        /** With one whose kernel reaches over an edge, or may. */
        void edge(int x);

        /** With some side by side whose kernels reach over none. */
        void inside(int x, int pixels);
    }

    /**
     * That of a part.
     *
     * @param nr channels of a panel
     */
    DepthwisePass(DepthwiseProduct part, DepthwiseBlocks blocks, int nr) {
        this.product = part.product();
        this.shape = part.shape();
        this.src = part.src();
        this.blocks = blocks;
        this.nr = nr;
        this.outputHeight = shape.outputHeight(src.height());
        this.outputWidth = shape.outputWidth(src.width());
        this.paddingTop = shape.paddingTop(src.height());
        this.paddingLeft = shape.paddingLeft(src.width());
    }

    final void run() {
        final int end = product.endPanel(nr);
        for (int panel = product.firstPanel(nr); panel < end; panel += blocks.panels()) {
            firstPanel = panel;
            endPanel = Math.min(end, panel + blocks.panels());
            beginPanels();
            for (long x = 0; x < outputWidth; x += blocks.pixels()) {
                columns((int) x, (int) Math.min(outputWidth, x + blocks.pixels()));
            }
        }
    }

    /** All lines of results, between two columns. */
    private void columns(int from, int to) {
        beginColumns(from, to);
        final int lastLine = (product.endRow() - 1) / outputWidth;
        int line = product.firstRow() / outputWidth;
        while (line <= lastLine) {
            turnTo(line);
            if (isFollowed(line, from, to)) {
                twoLines(from, to);
                line += 2;
            } else {
                part(from, to);
                line++;
            }
        }
    }

    private void turnTo(int line) {
        firstRow = line * outputWidth;
        image = line / outputHeight;
        top = (long) (line % outputHeight) * shape.strideHeight() - paddingTop;
    }

    /** Whether a line, and the one below it in its image, are computed at once: between two columns both are wanted. */
    private boolean isFollowed(int line, int from, int to) {
        return takesTwoLines()
                && (line + 1) % outputHeight != 0
                && product.firstRow() - firstRow <= from
                && to <= product.endRow() - firstRow - outputWidth;
    }

    /** What is wanted of the line at hand. */
    private void part(int from, int to) {
        final int first = Math.max(from, product.firstRow() - firstRow);
        final int end = Math.min(to, product.endRow() - firstRow);
        if (first < end) {
            line(first, end);
        }
    }

    /** Turns to the panels at hand. */
    abstract void beginPanels();

    /** Turns to columns of results. */
    abstract void beginColumns(int from, int to);

    /** Computes pixels of the line of results at hand. */
    abstract void line(int from, int to);

    /** Whether lines of results are computed two at a time, of the columns at hand. */
    boolean takesTwoLines() {
        return false;
    }

    /** Computes pixels of the line of results at hand, and of the one below it. */
    void twoLines(int from, int to) {
        throw new IllegalStateException("lines are computed one by one");
    }

    /** Pixels of a line of results. */
    final int outputWidth() {
        return outputWidth;
    }

    final int firstPanel() {
        return firstPanel;
    }

    final int endPanel() {
        return endPanel;
    }

    /** The first channel of the panels at hand. */
    final int firstChannel() {
        return firstPanel * nr;
    }

    /** Channels of the panels at hand, as far as they are wanted. */
    final int channels() {
        return (int) Math.min((long) endPanel * nr, product.endColumn()) - firstChannel();
    }

    /** Channels of the last of them. */
    final int lastChannels() {
        return channels() - (endPanel - firstPanel - 1) * nr;
    }

    /** The row of the result that the first pixel of the line at hand is. */
    final int firstRow() {
        return firstRow;
    }

    /** The image that it is of. */
    final int image() {
        return image;
    }

    /** The row of that image that is under a row of its kernels; nothing, which is negative, where that is padding. */
    final int rowUnder(int kernelRow) {
        final long row = top + (long) kernelRow * shape.dilationHeight();
        return row >= 0 && row < src.height() ? (int) row : NONE;
    }

    /** The column of images that is first under the kernel of a pixel, which may be outside of them. */
    final long columnUnder(int x) {
        return (long) x * shape.strideWidth() - paddingLeft;
    }

    /** The columns of images that are under the kernels of some columns of results. */
    final ColumnRange columnsUnder(int from, int to) {
        final int first = Math.clamp(columnUnder(from), 0, src.width());
        final int end = Math.clamp(columnUnder(to - 1) + shape.spanWidth(), first, src.width());
        return new ColumnRange(first, end - first);
    }

    /** Goes over pixels of a line, from the left. */
    final void eachRun(int from, int to, Runs runs) {
        final int firstInside = Math.clamp(Math.ceilDiv(paddingLeft, shape.strideWidth()), from, to);
        final long endInside = Math.floorDiv(src.width() - shape.spanWidth() + paddingLeft, shape.strideWidth()) + 1;
        final int end = Math.clamp(endInside, firstInside, to);
        for (int x = from; x < firstInside; x++) {
            runs.edge(x);
        }
        if (firstInside < end) {
            runs.inside(firstInside, end - firstInside);
        }
        for (int x = end; x < to; x++) {
            runs.edge(x);
        }
    }
}
