package dev.tilesmith.kernel.drive;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * The way over images for one part of the results of a depthwise convolution of f32 in machine code: a call for each line of results, of the
 * channels of some panels.
 *
 * <p>A line is runs of pixels: those whose kernels reach over an edge are one each, with places of their own for their taps, and all between
 * them are one. Padding is a pixel of zeros.
 */
final class F32NativeDepthwisePass extends DepthwisePass implements DepthwisePass.Runs {
    private final Product product;
    private final Conv2dShape shape;
    private final Images src;
    private final F32DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final NativeFunction tiles;
    private final F32NativeLines lines;
    private final long[] lineAt;
    private long runAt;

    /**
     * That of a part.
     *
     * @param memory as much as {@code scratch} says
     * @param nr channels of a panel
     */
    F32NativeDepthwisePass(
            DepthwiseProduct part,
            DepthwiseBlocks blocks,
            F32DepthwiseScratch scratch,
            MemorySegment memory,
            int nr,
            NativeFunction tiles) {
        super(part, blocks, nr);
        this.product = part.product();
        this.shape = part.shape();
        this.src = part.src();
        this.scratch = scratch;
        this.memory = memory;
        this.tiles = tiles;
        this.lines = new F32NativeLines(part, blocks, scratch, memory);
        this.lineAt = new long[shape.kernelHeight()];
        memory.asSlice(scratch.padding(), (long) blocks.panels() * nr * Float.BYTES)
                .fill((byte) 0);
        put(NativeArguments.STEPS, shape.k());
        put(DepthwiseF32Arguments.KERNEL_ROWS, shape.kernelHeight());
        put(NativeArguments.RHS_STRIDE, product.rhs().panelBytes());
        memory.set(JAVA_INT, NativeArguments.FLAGS, product.clamped() ? NativeArguments.CLAMP : 0);
        memory.set(JAVA_FLOAT, NativeArguments.CLAMP_MIN, product.clampMin());
        memory.set(JAVA_FLOAT, NativeArguments.CLAMP_MAX, product.clampMax());
    }

    private void put(long offset, long value) {
        memory.set(JAVA_LONG, offset, value);
    }

    @Override
    void beginPanels() {
        final long values = firstPanel() * product.rhs().panelBytes();
        put(NativeArguments.RHS_OFFSET, values);
        put(NativeArguments.METADATA_OFFSET, values + product.rhs().metadataOffset());
        put(NativeArguments.PANELS, endPanel() - firstPanel());
        put(NativeArguments.LAST_COLUMNS, lastChannels());
    }

    @Override
    void beginColumns(int from, int to) {
        lines.begin(columnsUnder(from, to), firstChannel(), channels());
    }

    @Override
    void line(int from, int to) {
        for (int r = 0; r < lineAt.length; r++) {
            final int row = rowUnder(r);
            lineAt[r] = row < 0 ? 0 : lines.line(image(), row);
        }
        runAt = DepthwiseF32Arguments.RUNS;
        eachRun(from, to, this);
        put(runAt, 0);
        call(firstRow() + from, to - from);
    }

    @Override
    public void edge(int x) {
        putRun(x, 1, 0);
    }

    @Override
    public void inside(int x, int pixels) {
        putRun(x, pixels, neighbours());
    }

    /** What is said of pixels whose kernels reach over no edge. */
    private int neighbours() {
        return shape.dilationWidth() == 1 && shape.strideWidth() <= 2 && shape.kernelWidth() < 1 << Byte.SIZE
                ? DepthwiseF32Arguments.rows(shape.strideWidth(), shape.kernelWidth())
                : 0;
    }

    /** Puts a run of pixels behind those before it. */
    private void putRun(int x, int pixels, int rows) {
        put(runAt, pixels);
        put(runAt + Long.BYTES, rows);
        final long left = columnUnder(x);
        final long step = shape.strideWidth() * lines.pixelBytes();
        long tapAt = runAt + DepthwiseF32Arguments.RUN;
        for (final long line : lineAt) {
            for (int s = 0; s < shape.kernelWidth(); s++) {
                final long column = left + (long) s * shape.dilationWidth();
                final boolean inside = line != 0 && column >= 0 && column < src.width();
                put(tapAt, inside ? lines.address(line, column) : memory.address() + scratch.padding());
                put(tapAt + Long.BYTES, inside ? step : 0);
                tapAt += DepthwiseF32Arguments.TAP;
            }
        }
        runAt = tapAt;
    }

    private void call(int row, int pixels) {
        final MemorySegment from = lines.memory();
        if (product.firstColumn() <= firstChannel() && product.dst() instanceof Matrix.Segment dst) {
            final long at = dst.offset() + row * dst.rowStride() + firstChannel();
            put(NativeArguments.DST_OFFSET, at * Float.BYTES);
            put(NativeArguments.DST_STRIDE, dst.rowStride() * Float.BYTES);
            tiles.call(memory, from, product.rhs().data(), dst.data());
            return;
        }
        put(NativeArguments.DST_OFFSET, scratch.results());
        put(NativeArguments.DST_STRIDE, (long) channels() * Float.BYTES);
        tiles.call(memory, from, product.rhs().data(), memory);
        new AsideLine(memory, product).store(scratch.results(), channels(), firstChannel(), row, pixels);
    }
}
