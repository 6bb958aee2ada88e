package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
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
final class Int8NativeDepthwisePass extends DepthwisePass {
    private final Product product;
    private final Conv2dShape shape;
    private final Int8DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final NativeFunction tiles;
    private final GroupedLines lines;
    private final long groupBytes;
    private int firstColumn;
    private int endColumn;

    /**
     * That of a part.
     *
     * @param memory as much as {@code scratch} says
     * @param laying lays lines
     * @param tiles multiplies them
     */
    Int8NativeDepthwisePass(
            DepthwiseProduct part,
            DepthwiseBlocks blocks,
            Int8DepthwiseScratch scratch,
            MemorySegment memory,
            PanelFamily family,
            NativeFunction laying,
            NativeFunction tiles) {
        super(part, blocks, family.layout().nr());
        final int nr = family.layout().nr();
        this.product = part.product();
        this.shape = part.shape();
        this.scratch = scratch;
        this.memory = memory;
        this.tiles = tiles;
        this.groupBytes = (long) nr * DepthwiseInt8Arguments.TAPS;
        this.lines = new GroupedLines(part, blocks, scratch, memory, nr, laying);
        put(DepthwiseInt8Arguments.RHS_STRIDE, product.rhs().panelBytes());
        put(DepthwiseInt8Arguments.METADATA, product.rhs().at(PanelPart.BEGINNINGS));
        put(DepthwiseInt8Arguments.KERNEL_ROWS, shape.kernelHeight());
        put(DepthwiseInt8Arguments.ROW_GROUPS, DepthwiseGroups.ofPixel(shape));
        put(DepthwiseInt8Arguments.SHIFTED, scratch.shifted());
        memory.set(JAVA_INT, DepthwiseInt8Arguments.CLAMP_MIN, Int8Bounds.bound(product.clampMin()));
        memory.set(JAVA_INT, DepthwiseInt8Arguments.CLAMP_MAX, Int8Bounds.bound(product.clampMax()));
    }

    private void put(int offset, long value) {
        memory.set(JAVA_LONG, offset, value);
    }

    @Override
    void beginPanels() {
        put(DepthwiseInt8Arguments.RHS_OFFSET, firstPanel() * product.rhs().panelBytes());
        put(DepthwiseInt8Arguments.PANELS, endPanel() - firstPanel());
        put(DepthwiseInt8Arguments.LAST_COLUMNS, lastChannels());
    }

    @Override
    void beginColumns(int from, int to) {
        firstColumn = from;
        endColumn = to;
        final DepthwiseGroups groups = DepthwiseGroups.of(shape, to - from);
        lines.begin(groups, columnUnder(from), columnsUnder(from, to), firstChannel(), channels());
        put(DepthwiseInt8Arguments.GROUP_STEP, groups.step() * groupBytes);
        put(DepthwiseInt8Arguments.TILE_STEP, groups.tileStep() * groupBytes);
        put(DepthwiseInt8Arguments.PAIRS, groups.pairs());
        put(DepthwiseInt8Arguments.SINGLES, groups.singles());
    }

    /** A line is made of all columns at hand, and those that are not wanted are left out of what is copied. */
    @Override
    void line(int from, int to) {
        for (int r = 0; r < shape.kernelHeight(); r++) {
            final int row = rowUnder(r);
            put(
                    DepthwiseInt8Arguments.ROWS + r * Long.BYTES,
                    row < 0 ? scratch.paddingLine() : lines.line(image(), row));
        }
        final boolean whole = from == firstColumn && to == endColumn && product.firstColumn() <= firstChannel();
        if (whole && product.dst() instanceof Matrix.Segment dst) {
            put(
                    DepthwiseInt8Arguments.DST_OFFSET,
                    dst.offset() + (firstRow() + from) * dst.rowStride() + firstChannel());
            put(DepthwiseInt8Arguments.DST_STRIDE, dst.rowStride());
            tiles.call(memory, memory, product.rhs().data(), dst.data());
            return;
        }
        put(DepthwiseInt8Arguments.DST_OFFSET, scratch.results());
        put(DepthwiseInt8Arguments.DST_STRIDE, channels());
        tiles.call(memory, memory, product.rhs().data(), memory);
        final long at = scratch.results() + (long) (from - firstColumn) * channels();
        new AsideLine(memory, product).store(at, channels(), firstChannel(), firstRow() + from, to - from);
    }
}
