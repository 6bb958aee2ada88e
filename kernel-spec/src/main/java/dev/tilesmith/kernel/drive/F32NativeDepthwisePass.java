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
final class F32NativeDepthwisePass {
    private final Product product;
    private final Conv2dShape shape;
    private final Images src;
    private final DepthwiseBlocks blocks;
    private final F32DepthwiseScratch scratch;
    private final MemorySegment memory;
    private final NativeFunction tiles;
    private final F32NativeLines lines;
    private final int nr;
    private final int outputHeight;
    private final int outputWidth;
    private final long paddingTop;
    private final long paddingLeft;
    private final long[] lineAt;
    private int firstPanel;
    private int endPanel;

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
        this.product = part.product();
        this.shape = part.shape();
        this.src = part.src();
        this.blocks = blocks;
        this.scratch = scratch;
        this.memory = memory;
        this.tiles = tiles;
        this.nr = nr;
        this.lines = new F32NativeLines(part, blocks, scratch, memory);
        this.outputHeight = shape.outputHeight(src.height());
        this.outputWidth = shape.outputWidth(src.width());
        this.paddingTop = shape.paddingTop(src.height());
        this.paddingLeft = shape.paddingLeft(src.width());
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

    void run() {
        final int end = product.endPanel(nr);
        for (int panel = product.firstPanel(nr); panel < end; panel += blocks.panels()) {
            firstPanel = panel;
            endPanel = Math.min(end, panel + blocks.panels());
            final long values = panel * product.rhs().panelBytes();
            put(NativeArguments.RHS_OFFSET, values);
            put(NativeArguments.METADATA_OFFSET, values + product.rhs().metadataOffset());
            put(NativeArguments.PANELS, endPanel - firstPanel);
            put(
                    NativeArguments.LAST_COLUMNS,
                    Math.min((long) endPanel * nr, product.endColumn()) - (endPanel - 1L) * nr);
            for (long x = 0; x < outputWidth; x += blocks.pixels()) {
                columns((int) x, (int) Math.min(outputWidth, x + blocks.pixels()));
            }
        }
    }

    /** All lines of results, between two columns. */
    private void columns(int from, int to) {
        final long left = (long) from * shape.strideWidth() - paddingLeft;
        final int first = Math.clamp(left, 0, src.width());
        final int end =
                Math.clamp((to - 1L) * shape.strideWidth() - paddingLeft + shape.spanWidth(), first, src.width());
        final int firstChannel = firstPanel * nr;
        lines.begin(first, end - first, firstChannel, AsideLine.stride(product, nr, firstPanel, endPanel));
        final int lastLine = (product.endRow() - 1) / outputWidth;
        for (int line = product.firstRow() / outputWidth; line <= lastLine; line++) {
            final int start = line * outputWidth;
            final int firstPixel = Math.max(from, product.firstRow() - start);
            final int endPixel = Math.min(to, product.endRow() - start);
            if (firstPixel < endPixel) {
                line(line, firstPixel, endPixel);
            }
        }
    }

    /** Pixels of a line of results, which is counted over all images. */
    private void line(int line, int from, int to) {
        final int image = line / outputHeight;
        final long top = (long) (line % outputHeight) * shape.strideHeight() - paddingTop;
        for (int r = 0; r < lineAt.length; r++) {
            final long row = top + (long) r * shape.dilationHeight();
            lineAt[r] = row >= 0 && row < src.height() ? lines.line(image, (int) row) : 0;
        }
        final int firstInside = Math.clamp(Math.ceilDiv(paddingLeft, shape.strideWidth()), from, to);
        final long endInside = Math.floorDiv(src.width() - shape.spanWidth() + paddingLeft, shape.strideWidth()) + 1;
        final int end = Math.clamp(endInside, firstInside, to);
        long at = DepthwiseF32Arguments.RUNS;
        for (int x = from; x < firstInside; x++) {
            at = putRun(at, x, 1, 0);
        }
        if (firstInside < end) {
            at = putRun(at, firstInside, end - firstInside, neighbours());
        }
        for (int x = end; x < to; x++) {
            at = putRun(at, x, 1, 0);
        }
        put(at, 0);
        call(line * outputWidth + from, to - from);
    }

    /** What is said of pixels whose kernels reach over no edge. */
    private int neighbours() {
        return shape.dilationWidth() == 1 && shape.strideWidth() <= 2 && shape.kernelWidth() < 1 << Byte.SIZE
                ? DepthwiseF32Arguments.rows(shape.strideWidth(), shape.kernelWidth())
                : 0;
    }

    /** Puts a run of pixels, and returns where the next goes. */
    private long putRun(long at, int x, int pixels, int rows) {
        put(at, pixels);
        put(at + Long.BYTES, rows);
        final long left = (long) x * shape.strideWidth() - paddingLeft;
        final long step = shape.strideWidth() * lines.pixelBytes();
        long tapAt = at + DepthwiseF32Arguments.RUN;
        for (final long line : lineAt) {
            for (int s = 0; s < shape.kernelWidth(); s++) {
                final long column = left + (long) s * shape.dilationWidth();
                final boolean inside = line != 0 && column >= 0 && column < src.width();
                put(tapAt, inside ? lines.address(line, column) : memory.address() + scratch.padding());
                put(tapAt + Long.BYTES, inside ? step : 0);
                tapAt += DepthwiseF32Arguments.TAP;
            }
        }
        return tapAt;
    }

    private void call(int row, int pixels) {
        final MemorySegment from = lines.memory();
        if (product.firstColumn() <= firstPanel * nr && product.dst() instanceof Matrix.Segment dst) {
            final long at = dst.offset() + row * dst.rowStride() + (long) firstPanel * nr;
            put(NativeArguments.DST_OFFSET, at * Float.BYTES);
            put(NativeArguments.DST_STRIDE, dst.rowStride() * Float.BYTES);
            tiles.call(memory, from, product.rhs().data(), dst.data());
            return;
        }
        final int stride = AsideLine.stride(product, nr, firstPanel, endPanel);
        put(NativeArguments.DST_OFFSET, scratch.results());
        put(NativeArguments.DST_STRIDE, (long) stride * Float.BYTES);
        tiles.call(memory, from, product.rhs().data(), memory);
        new AsideLine(memory, product).store(scratch.results(), stride, firstPanel * nr, row, pixels);
    }
}
