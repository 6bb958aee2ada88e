package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.argument.DepthwiseArguments;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The way over images for one part of the results of a depthwise convolution of int8 in machine code: for each line of results, lines of the
 * image that are not there yet are laid in groups, then one call makes the line of those under a kernel.
 *
 * <p>Images off the heap are read where they lie, and results written where they belong, unless these are part of a line or of a panel.
 */
final class NativeDepthwisePass {
    private final DepthwiseProduct part;
    private final Product product;
    private final Conv2dShape shape;
    private final DepthwiseBlocks blocks;
    private final DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final NativeFunction tiles;
    private final GroupedLines lines;
    private final int nr;
    private final long groupBytes;
    private final int outputHeight;
    private final int outputWidth;
    private final long paddingTop;
    private int firstPanel;
    private int endPanel;

    /**
     * That of a part.
     *
     * @param memory as much as {@code scratch} says
     * @param laying lays lines
     * @param tiles multiplies them
     */
    NativeDepthwisePass(
            DepthwiseProduct part,
            DepthwiseBlocks blocks,
            DepthwiseScratch scratch,
            MemorySegment memory,
            PanelFamily family,
            NativeFunction laying,
            NativeFunction tiles) {
        this.part = part;
        this.product = part.product();
        this.shape = part.shape();
        this.blocks = blocks;
        this.scratch = scratch;
        this.memory = memory;
        this.tiles = tiles;
        this.nr = family.layout().nr();
        this.groupBytes = (long) nr * DepthwiseArguments.TAPS;
        this.lines = new GroupedLines(part, blocks, scratch, memory, nr, laying);
        this.outputHeight = shape.outputHeight(part.src().height());
        this.outputWidth = shape.outputWidth(part.src().width());
        this.paddingTop = shape.paddingTop(part.src().height());
        put(DepthwiseArguments.RHS_STRIDE, product.rhs().panelBytes());
        put(DepthwiseArguments.METADATA, product.rhs().at(PanelPart.BEGINNINGS));
        put(DepthwiseArguments.KERNEL_ROWS, shape.kernelHeight());
        put(DepthwiseArguments.ROW_GROUPS, DepthwiseGroups.ofPixel(shape));
        put(DepthwiseArguments.SHIFTED, scratch.shifted());
        memory.set(JAVA_INT, DepthwiseArguments.CLAMP_MIN, Int8Bounds.bound(product.clampMin()));
        memory.set(JAVA_INT, DepthwiseArguments.CLAMP_MAX, Int8Bounds.bound(product.clampMax()));
    }

    private void put(int offset, long value) {
        memory.set(JAVA_LONG, offset, value);
    }

    void run() {
        final int end = product.endPanel(nr);
        for (int panel = product.firstPanel(nr); panel < end; panel += blocks.panels()) {
            firstPanel = panel;
            endPanel = Math.min(end, panel + blocks.panels());
            put(DepthwiseArguments.RHS_OFFSET, panel * product.rhs().panelBytes());
            for (long x = 0; x < outputWidth; x += blocks.pixels()) {
                columns((int) x, (int) Math.min(outputWidth, x + blocks.pixels()));
            }
        }
    }

    /** All lines of results, between two columns. */
    private void columns(int from, int to) {
        final DepthwiseGroups groups = DepthwiseGroups.of(shape, to - from);
        lines.begin(groups, from, firstPanel, endPanel);
        put(DepthwiseArguments.GROUP_STEP, groups.step() * groupBytes);
        put(DepthwiseArguments.TILE_STEP, groups.tileStep() * groupBytes);
        put(DepthwiseArguments.PAIRS, groups.pairs());
        put(DepthwiseArguments.SINGLES, groups.singles());
        final int lastLine = (product.endRow() - 1) / outputWidth;
        for (int line = product.firstRow() / outputWidth; line <= lastLine; line++) {
            final long start = (long) line * outputWidth;
            final int first = (int) Math.max(from, product.firstRow() - start);
            final int end = (int) Math.min(to, product.endRow() - start);
            if (first < end) {
                lay(line);
                line((int) start, from, to, first, end);
            }
        }
    }

    /** Lays the lines that are under the kernels of a line of results, which is counted over all images. */
    private void lay(int line) {
        final int image = line / outputHeight;
        final long top = (long) (line % outputHeight) * shape.strideHeight() - paddingTop;
        for (int r = 0; r < shape.kernelHeight(); r++) {
            final long row = top + (long) r * shape.dilationHeight();
            put(
                    DepthwiseArguments.ROWS + r * Long.BYTES,
                    row >= 0 && row < part.src().height() ? lines.line(image, (int) row) : scratch.paddingLine());
        }
    }

    /**
     * A line of results, between the columns {@code from} and {@code to}, of which those between {@code first} and {@code end} are wanted.
     *
     * @param start the line's first row of the result
     */
    private void line(int start, int from, int to, int first, int end) {
        final boolean whole = first == from && end == to && product.firstColumn() <= firstPanel * nr;
        if (whole && product.dst() instanceof Matrix.Segment dst) {
            put(
                    DepthwiseArguments.DST_OFFSET,
                    dst.offset() + (start + from) * dst.rowStride() + (long) firstPanel * nr);
            put(DepthwiseArguments.DST_STRIDE, dst.rowStride());
            tiles.call(memory, memory, product.rhs().data(), dst.data());
            return;
        }
        final int stride = AsideLine.stride(product, nr, firstPanel, endPanel);
        put(DepthwiseArguments.DST_OFFSET, scratch.results());
        put(DepthwiseArguments.DST_STRIDE, stride);
        tiles.call(memory, memory, product.rhs().data(), memory);
        final long at = scratch.results() + (long) (first - from) * stride;
        new AsideLine(memory, product).store(at, stride, firstPanel * nr, start + first, end - first);
    }
}
