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
 * The way over images for one part of the results of a depthwise convolution of f32 in machine code: a call for each line of results, or for two, of
 * the channels of some panels.
 *
 * <p>A line is tiles of pixels where there is code for these, of one line of results or of two. Else it is runs: pixels whose kernels reach over an
 * edge are one each, with places of their own for their taps, and all between them are one. Padding is a pixel of zeros.
 */
final class F32NativeDepthwisePass extends DepthwisePass implements DepthwisePass.Runs {
    private final Product product;
    private final Conv2dShape shape;
    private final Images src;
    private final F32DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final NativeFunction code;
    private final F32NativeLines lines;
    private final long[] lineAt;
    private final long firstRun;
    private F32TileColumns tiles;
    private int mostLines;
    private int tileLines;
    private int firstPixel;
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
            NativeFunction code) {
        super(part, blocks, nr);
        this.product = part.product();
        this.shape = part.shape();
        this.src = part.src();
        this.scratch = scratch;
        this.memory = memory;
        this.code = code;
        this.lines = new F32NativeLines(part, blocks, scratch, memory);
        this.lineAt = new long[shape.kernelHeight()];
        this.firstRun = DepthwiseF32Arguments.runs(shape.kernelHeight());
        this.tiles = new F32TileColumns(shape, src.width(), 0, 0);
        memory.asSlice(scratch.padding(), (long) blocks.panels() * nr * Float.BYTES)
                .fill((byte) 0);
        put(NativeArguments.STEPS, shape.k());
        put(DepthwiseF32Arguments.KERNEL_ROWS, shape.kernelHeight());
        put(DepthwiseF32Arguments.RUNS, firstRun);
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
        tiles = new F32TileColumns(shape, src.width(), from, to);
        mostLines = tiles.lines();
        tileLines = 0;
    }

    @Override
    boolean takesTwoLines() {
        return mostLines == DepthwiseF32Arguments.TILE_LINES;
    }

    @Override
    void twoLines(int from, int to) {
        tiles(DepthwiseF32Arguments.TILE_LINES);
        call(firstRow() + from, to - from, DepthwiseF32Arguments.TILE_LINES);
    }

    @Override
    void line(int from, int to) {
        if (from == tiles.from() && to == tiles.to() && mostLines > 0) {
            tiles(1);
        } else {
            runs(from, to);
        }
        call(firstRow() + from, to - from, 1);
    }

    /** Puts the lines under a kernel, and tiles where others are. */
    private void tiles(int resultLines) {
        for (int r = 0; r < shape.kernelHeight() + resultLines - 1; r++) {
            final int row = rowUnder(r);
            final long at = DepthwiseF32Arguments.LINES + (long) r * DepthwiseF32Arguments.TAP;
            put(at, row < 0 ? padding() : lines.line(image(), row));
            put(at + Long.BYTES, row < 0 ? 0 : lines.pixelBytes());
        }
        if (tileLines != resultLines) {
            tileLines = resultLines;
            runAt = firstRun;
            for (int tile = 0; tile < tiles.count(); tile++) {
                putTile(tile, resultLines);
            }
            put(runAt, 0);
        }
    }

    private void putTile(int tile, int resultLines) {
        putRun(
                tiles.pixel(tile) - tiles.from(),
                resultLines * DepthwiseF32Arguments.TILE,
                DepthwiseF32Arguments.rows(resultLines, shape.strideWidth(), shape.kernelWidth()));
        put(runAt + DepthwiseF32Arguments.COLUMN, tiles.column(tile) - lines.firstColumn());
        for (int at = 0; at < tiles.edge(); at++) {
            final long place = runAt + (long) at * Integer.BYTES;
            memory.set(JAVA_INT, place + DepthwiseF32Arguments.LEFT, tiles.left(tile, at));
            memory.set(JAVA_INT, place + DepthwiseF32Arguments.RIGHT, tiles.right(tile, at));
        }
        runAt += DepthwiseF32Arguments.RUN;
    }

    /** Puts runs of pixels with all of their taps. */
    private void runs(int from, int to) {
        for (int r = 0; r < lineAt.length; r++) {
            final int row = rowUnder(r);
            lineAt[r] = row < 0 ? 0 : lines.line(image(), row);
        }
        tileLines = 0;
        firstPixel = from;
        runAt = firstRun;
        eachRun(from, to, this);
        put(runAt, 0);
    }

    @Override
    public void edge(int x) {
        inside(x, 1);
    }

    @Override
    public void inside(int x, int pixels) {
        putRun(x - firstPixel, pixels, 0);
        runAt += DepthwiseF32Arguments.RUN;
        final long left = columnUnder(x);
        final long step = shape.strideWidth() * lines.pixelBytes();
        for (final long line : lineAt) {
            for (int s = 0; s < shape.kernelWidth(); s++) {
                final long column = left + (long) s * shape.dilationWidth();
                final boolean inside = line != 0 && column >= 0 && column < src.width();
                put(runAt, inside ? lines.address(line, column) : padding());
                put(runAt + Long.BYTES, inside ? step : 0);
                runAt += DepthwiseF32Arguments.TAP;
            }
        }
    }

    /** Puts what all runs begin with behind those before. */
    private void putRun(int x, int pixels, int rows) {
        put(runAt + DepthwiseF32Arguments.PIXELS, pixels);
        put(runAt + DepthwiseF32Arguments.ROWS, rows);
        put(runAt + DepthwiseF32Arguments.RESULT, x * resultBytes());
    }

    private long padding() {
        return memory.address() + scratch.padding();
    }

    private boolean isWrittenInPlace() {
        return product.firstColumn() <= firstChannel() && product.dst() instanceof Matrix.Segment;
    }

    /** Bytes from a result to the next pixel's. */
    private long resultBytes() {
        return (isWrittenInPlace() ? product.dst().rowStride() : channels()) * Float.BYTES;
    }

    private void call(int row, int pixels, int resultLines) {
        final MemorySegment from = lines.memory();
        put(NativeArguments.DST_STRIDE, resultBytes());
        if (isWrittenInPlace() && product.dst() instanceof Matrix.Segment dst) {
            put(NativeArguments.DST_OFFSET, (dst.offset() + row * dst.rowStride() + firstChannel()) * Float.BYTES);
            put(DepthwiseF32Arguments.LINE_STRIDE, outputWidth() * resultBytes());
            code.call(memory, from, product.rhs().data(), dst.data());
            return;
        }
        put(NativeArguments.DST_OFFSET, scratch.results());
        put(DepthwiseF32Arguments.LINE_STRIDE, pixels * resultBytes());
        code.call(memory, from, product.rhs().data(), memory);
        for (int line = 0; line < resultLines; line++) {
            new AsideLine(memory, product)
                    .store(
                            scratch.results() + (long) line * pixels * resultBytes(),
                            channels(),
                            firstChannel(),
                            row + line * outputWidth(),
                            pixels);
        }
    }
}
