package dev.tilesmith.runtime;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes {@code QAI8DX x QSI8CX -> F32} in machine code. Rows are taken in blocks that stay in the second-level cache
 * while all panels go over them; a block is quantized once, all of K.
 */
public final class Int8NativeCompute extends Compute {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** Tiles of a block of rows: enough that reading a panel costs little beside using it. */
    private static final int TILES_PER_BLOCK = 10;

    /** Where a panel is used by one tile alone, its own values are fetched this many bytes ahead. */
    private static final long NEAR = 4096;

    private final NativeFunction function;
    private final NativeFunction quantizer;
    private final Family family;
    private final LhsLayout lhsLayout;
    private final int nr;
    private final int mostRows;
    private final RowTiles[] tiles;
    private final long lhsBlockBytes;
    private final ScratchPool pool = new ScratchPool();

    /**
     * Computes by machine code, in blocks that fit the caches of {@code host}.
     *
     * @param function has the tiles of {@code family}
     * @param quantizer quantizes rows for them
     */
    public Int8NativeCompute(NativeFunction function, NativeFunction quantizer, Family family, Host host) {
        this.function = function;
        this.quantizer = quantizer;
        this.family = family;
        this.lhsLayout = LhsLayout.of(family);
        this.nr = family.layout().nr();
        this.mostRows = TILES_PER_BLOCK * family.maxMr();
        this.tiles = RowTiles.upTo(mostRows, family, lhsLayout.rows());
        this.lhsBlockBytes = host.cpu().caches().l2() / 8 * 5L;
    }

    @Override
    Family family() {
        return family;
    }

    @Override
    PackedRhs pack(Weights weights, Arena arena) {
        return Int8RhsPacker.pack(weights, family.layout(), arena);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireFloats("lhs", lhs);
        ElementKind.requireFloats("dst", dst);
    }

    /**
     * Columns that start within a panel, and results on the heap, are computed aside and copied: the code writes whole
     * panels, outside the heap.
     */
    @Override
    void run(Product product) {
        final int start = product.firstColumn() == 0 ? 0 : product.firstColumn() / nr * nr;
        if (start == product.firstColumn() && product.dst() instanceof Matrix.Segment dst) {
            runBlocks(product, new Results(dst.data(), dst.offset(), dst.rowStride()));
            return;
        }
        final long width = product.endColumn() - (long) start;
        final MemorySegment aside = pool.borrow(product.rows() * width * Float.BYTES);
        final Results results = new Results(aside, -(product.firstRow() * width + start), width);
        runBlocks(product.part(product.firstRow(), product.endRow(), start, product.endColumn()), results);
        copyOut(results, product);
        pool.giveBack(aside);
    }

    private static void copyOut(Results from, Product product) {
        final Matrix dst = product.dst();
        for (int row = product.firstRow(); row < product.endRow(); row++) {
            final long source = from.at(row, product.firstColumn());
            final long target = dst.offset() + row * dst.rowStride() + product.firstColumn();
            switch (dst) {
                case Matrix.Floats to ->
                    MemorySegment.copy(from.data(), FLOAT, source, to.data(), (int) target, product.columns());
                case Matrix.Segment to ->
                    MemorySegment.copy(from.data(), source, to.data(), target * Float.BYTES, product.columns() * 4L);
                case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("dst", dst);
            }
        }
    }

    private void runBlocks(Product product, Results results) {
        final int k = product.k();
        final int fit = (int) Math.min(mostRows, lhsBlockBytes / lhsLayout.stride(k) * lhsLayout.rows());
        final int blockRows = RowTiles.blockRows(product.rows(), family, fit);
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        final MemorySegment lhs = pool.borrow(lhsLayout.bytes(k, blockRows));
        for (int row = product.firstRow(); row < product.endRow(); row += blockRows) {
            final int rows = Math.min(blockRows, product.endRow() - row);
            quantize(product, row, rows, arguments, lhs);
            putArguments(product, results, row, rows, arguments);
            function.call(arguments, lhs, product.rhs().data(), results.data());
        }
        pool.giveBack(lhs);
        pool.giveBack(arguments);
    }

    /** Where a group is a tile of any rows, the last rows are a group of their own. */
    private void quantize(Product product, int row, int rows, MemorySegment arguments, MemorySegment to) {
        final int group = lhsLayout.rows();
        final int rest = LhsLayout.ofAnyRows(family.target()) ? rows % group : 0;
        if (rows > rest) {
            quantizeGroups(product, row, rows - rest, lhsLayout, arguments, to);
        }
        if (rest > 0) {
            final int done = rows - rest;
            final MemorySegment last = to.asSlice(done / group * lhsLayout.stride(product.k()));
            quantizeGroups(product, row + done, rest, lhsLayout.withRows(rest), arguments, last);
        }
    }

    private void quantizeGroups(
            Product product, int row, int rows, LhsLayout layout, MemorySegment arguments, MemorySegment to) {
        arguments.set(LONG, QuantizerArguments.ROWS, rows);
        arguments.set(LONG, QuantizerArguments.K, product.k());
        arguments.set(LONG, QuantizerArguments.STRIDE, layout.stride(product.k()));
        arguments.set(LONG, QuantizerArguments.VALUES, layout.values(product.k()));
        arguments.set(LONG, QuantizerArguments.GROUP_ROWS, layout.rows());
        final Matrix lhs = product.lhs();
        final long first = lhs.offset() + row * lhs.rowStride();
        switch (lhs) {
            case Matrix.Segment from -> {
                arguments.set(LONG, QuantizerArguments.SOURCE_OFFSET, first * Float.BYTES);
                arguments.set(LONG, QuantizerArguments.SOURCE_STRIDE, lhs.rowStride() * Float.BYTES);
                quantizer.call(arguments, from.data(), from.data(), to);
            }
            case Matrix.Floats from -> {
                final long stride = product.k() * (long) Float.BYTES;
                final MemorySegment copy = pool.borrow(rows * stride);
                for (int i = 0; i < rows; i++) {
                    final int at = (int) (first + i * lhs.rowStride());
                    MemorySegment.copy(from.data(), at, copy, FLOAT, i * stride, product.k());
                }
                arguments.set(LONG, QuantizerArguments.SOURCE_OFFSET, 0);
                arguments.set(LONG, QuantizerArguments.SOURCE_STRIDE, stride);
                quantizer.call(arguments, copy, copy, to);
                pool.giveBack(copy);
            }
            case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("lhs", lhs);
        }
    }

    private void putArguments(Product product, Results results, int row, int rows, MemorySegment arguments) {
        final PackedRhs rhs = product.rhs();
        final int kr = family.layout().kr();
        final int firstPanel = product.firstColumn() == 0 ? 0 : product.firstColumn() / nr;
        final int panels = (product.endColumn() + nr - 1) / nr - firstPanel;
        final long panel = firstPanel * rhs.panelBytes();
        arguments.set(LONG, NativeArguments.LHS_OFFSET, 0);
        arguments.set(LONG, NativeArguments.LHS_STRIDE, lhsLayout.stride(product.k()));
        arguments.set(LONG, NativeArguments.RHS_OFFSET, panel);
        arguments.set(LONG, NativeArguments.RHS_STRIDE, rhs.panelBytes());
        arguments.set(LONG, NativeArguments.METADATA_OFFSET, panel + rhs.metadataOffset());
        arguments.set(LONG, NativeArguments.DST_OFFSET, results.at(row, product.firstColumn()));
        arguments.set(LONG, NativeArguments.DST_STRIDE, results.rowStride() * Float.BYTES);
        arguments.set(LONG, NativeArguments.STEPS, (product.k() + kr - 1) / kr);
        arguments.set(LONG, NativeArguments.PANELS, panels);
        arguments.set(LONG, NativeArguments.LAST_COLUMNS, product.endColumn() - (firstPanel + panels - 1L) * nr);
        final int clamp = product.clamped() ? NativeArguments.CLAMP : 0;
        arguments.set(INT, NativeArguments.FLAGS, NativeArguments.FINISH | clamp);
        arguments.set(FLOAT, NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.set(FLOAT, NativeArguments.CLAMP_MAX, product.clampMax());
        putTiles(arguments, rhs, rows);
    }

    /** The tiles of a block, and how fast to fetch the next panel while they use this one. */
    private void putTiles(MemorySegment arguments, PackedRhs rhs, int rows) {
        final RowTiles heights = tiles[rows];
        final int count = heights.count();
        for (int tile = 0; tile < count; tile++) {
            arguments.set(INT, NativeArguments.HEIGHTS + tile * 4L, heights.mr(tile));
        }
        arguments.set(INT, NativeArguments.HEIGHTS + count * 4L, 0);
        final long stepBytes = nr * (long) family.layout().kr();
        arguments.set(LONG, NativeArguments.PREFETCH_OFFSET, count == 1 ? NEAR : rhs.panelBytes());
        arguments.set(LONG, NativeArguments.PREFETCH_STEP, count == 1 ? stepBytes : (stepBytes + count - 1) / count);
    }

    /**
     * Rows of results off the heap.
     *
     * @param data where they are
     * @param offset floats from its start to row 0, column 0; negative where that is not part of it
     * @param rowStride floats from one row to the next
     */
    private record Results(MemorySegment data, long offset, long rowStride) {
        /** Bytes from the start. */
        long at(int row, int column) {
            return (offset + row * rowStride + column) * Float.BYTES;
        }
    }
}
