package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;

/**
 * The way over images for one part of the results of a depthwise convolution in Java.
 *
 * <p>Lines of an image are copied once, as floats; then a micro-kernel goes along a line of results, a panel of channels after the
 * other, with the filters of a panel in registers. Where a kernel reaches over the left or right edge of an image it goes pixel by pixel,
 * each with places of its own for its taps; lines above and below an image are a line of padding.
 */
final class JavaDepthwisePass extends DepthwisePass {
    private final Conv2dShape shape;
    private final Images src;
    private final DepthwiseLines lines;
    private final DepthwiseTileRows tiles;
    private final int nr;
    private final int[] tapAt;
    private final int[] lineAt;
    private long firstColumn;

    /**
     * That of a part.
     *
     * @param lines of its images
     * @param tiles what is done with them
     * @param nr channels of a panel
     */
    JavaDepthwisePass(
            DepthwiseProduct part, DepthwiseBlocks blocks, DepthwiseLines lines, DepthwiseTileRows tiles, int nr) {
        super(part, blocks, nr);
        this.shape = part.shape();
        this.src = part.src();
        this.lines = lines;
        this.tiles = tiles;
        this.nr = nr;
        this.tapAt = new int[shape.k()];
        this.lineAt = new int[shape.kernelHeight()];
    }

    @Override
    void beginPanels() {} // tiles are told theirs

    @Override
    void beginColumns(int from, int to) {
        final ColumnRange columns = columnsUnder(from, to);
        firstColumn = columns.first();
        lines.begin(columns, firstChannel(), channels());
    }

    @Override
    void line(int from, int to) {
        for (int r = 0; r < lineAt.length; r++) {
            final int row = rowUnder(r);
            lineAt[r] = row < 0 ? DepthwiseLines.PADDING : lines.line(image(), row);
        }
        final int first = firstRow();
        eachRun(from, to, new Runs() {
            @Override
            public void edge(int x) {
                pixels(first, x, 1);
            }

            @Override
            public void inside(int x, int pixels) {
                pixels(first, x, pixels);
            }
        });
    }

    /**
     * Pixels of a line of results: one, or several whose kernels reach over no edge.
     *
     * @param line the line's first row of the result
     */
    private void pixels(int line, int x, int count) {
        place(columnUnder(x));
        final int stride = shape.strideWidth() * lines.columnFloats(); // of one pixel it is no matter
        for (int done = 0; done < count; done += DepthwiseTileRows.PIXELS) {
            final int some = Math.min(DepthwiseTileRows.PIXELS, count - done);
            for (int panel = firstPanel(); panel < endPanel(); panel++) {
                tiles.compute(
                        panel,
                        line + x + done,
                        some,
                        lines.floats(),
                        tapAt,
                        (panel - firstPanel()) * nr + done * stride,
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
                tapAt[tap++] = column >= 0 && column < src.width()
                        ? line + (int) (column - firstColumn) * lines.columnFloats()
                        : DepthwiseLines.PADDING;
            }
        }
    }
}
