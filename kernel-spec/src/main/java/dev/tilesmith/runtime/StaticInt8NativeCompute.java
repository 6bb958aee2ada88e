package dev.tilesmith.runtime;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes {@code QAI8 x QSI8CX} to {@code QAI8} or {@code I32} in machine code. Rows are taken in blocks that stay in
 * the second-level cache while all panels go over them; a block is copied once, to the form that the code multiplies.
 */
public final class StaticInt8NativeCompute extends Compute {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** Tiles of a block of rows: enough that reading a panel costs little beside using it. */
    private static final int TILES_PER_BLOCK = 10;

    /** Where a panel is used by one tile alone, its own values are fetched this many bytes ahead. */
    private static final long NEAR = 4096;

    private static final long LINE = 64;

    /** Rows that are a multiple of so many bytes apart share one set of a first-level cache. */
    private static final long CONFLICT = 4096;

    private final NativeFunction function;
    private final Family family;
    private final int nr;
    private final int kr;
    private final int dstBytes;
    private final int mostRows;
    private final RowTiles[] tiles;
    private final long lhsBlockBytes;
    private final ScratchPool pool = new ScratchPool();

    /**
     * Computes by machine code, in blocks that fit the caches of {@code host}.
     *
     * @param function has the tiles of {@code family}
     */
    public StaticInt8NativeCompute(NativeFunction function, Family family, Host host) {
        this.function = function;
        this.family = family;
        this.nr = family.layout().nr();
        this.kr = family.layout().kr();
        this.dstBytes = family.layout().dst() == Format.I32 ? Integer.BYTES : Byte.BYTES;
        this.mostRows = TILES_PER_BLOCK * family.maxMr();
        this.tiles = RowTiles.upTo(mostRows, family, 1);
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
        ElementKind.requireBytes("lhs", lhs);
        if (dstBytes == 1) {
            ElementKind.requireBytes("dst", dst);
        } else {
            ElementKind.requireInts("dst", dst);
        }
    }

    @Override
    void checkOptions(RunOptions options) {
        Int8Bounds.check(family, options);
    }

    /**
     * Results in part of a panel are computed aside and copied: the code writes whole panels from their start, and int8
     * in whole vectors. So are results on the heap.
     */
    @Override
    void run(Product product) {
        final int start = product.firstColumn() / nr * nr;
        final int width = product.endColumn() - start;
        if (start == product.firstColumn()
                && (dstBytes == Integer.BYTES || width % nr == 0)
                && product.dst() instanceof Matrix.Segment dst) {
            runBlocks(product, new Results(dst.data(), dst.offset(), dst.rowStride()));
            return;
        }
        final long stride = (width + nr - 1L) / nr * nr;
        final MemorySegment aside = pool.borrow(product.rows() * stride * dstBytes);
        final Results results = new Results(aside, -(product.firstRow() * stride + start), stride);
        runBlocks(product.part(product.firstRow(), product.endRow(), start, product.endColumn()), results);
        copyOut(results, product);
        pool.giveBack(aside);
    }

    private void copyOut(Results from, Product product) {
        final Matrix dst = product.dst();
        for (int row = product.firstRow(); row < product.endRow(); row++) {
            final long source = from.at(row, product.firstColumn()) * dstBytes;
            final long target = dst.offset() + row * dst.rowStride() + product.firstColumn();
            switch (dst) {
                case Matrix.Bytes to ->
                    MemorySegment.copy(
                            from.data(), ValueLayout.JAVA_BYTE, source, to.data(), (int) target, product.columns());
                case Matrix.Ints to ->
                    MemorySegment.copy(from.data(), INT, source, to.data(), (int) target, product.columns());
                case Matrix.Segment to ->
                    MemorySegment.copy(
                            from.data(), source, to.data(), target * dstBytes, product.columns() * (long) dstBytes);
                case Matrix.Floats _ -> throw ElementKind.notBytes("dst", dst);
            }
        }
    }

    private void runBlocks(Product product, Results results) {
        final long stride = lhsStride(product.k());
        final int fit = (int) Math.min(mostRows, lhsBlockBytes / stride);
        final int blockRows = RowTiles.blockRows(product.rows(), family, fit);
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        final MemorySegment lhs = pool.borrow(blockRows * stride);
        for (int row = product.firstRow(); row < product.endRow(); row += blockRows) {
            final int rows = Math.min(blockRows, product.endRow() - row);
            for (int i = 0; i < rows; i++) {
                copyRow(product, row + i, lhs, i * stride);
            }
            putArguments(product, stride, results, row, rows, arguments);
            function.call(arguments, lhs, product.rhs().data(), results.data());
        }
        pool.giveBack(lhs);
        pool.giveBack(arguments);
    }

    /** Bytes from one row to the next: whole cache lines, and not such that rows meet in the same sets. */
    private long lhsStride(int k) {
        final long values = ((long) k + kr - 1) / kr * kr * (kr == 2 ? Short.BYTES : Byte.BYTES);
        final long lines = (values + LINE - 1) & -LINE;
        return (lines & CONFLICT - 1) == 0 ? lines + LINE : lines;
    }

    /** What lies beyond k in a row is multiplied by weights that are zero. */
    private void copyRow(Product product, int row, MemorySegment to, long target) {
        final int k = product.k();
        final long at = product.lhs().offset() + row * product.lhs().rowStride();
        switch (product.lhs()) {
            case Matrix.Segment from -> {
                if (kr == 2) {
                    StaticLhs.copyWidened(from.data(), at, to, target, k);
                } else {
                    StaticLhs.copyUnsigned(from.data(), at, to, target, k);
                }
            }
            case Matrix.Bytes from -> {
                if (kr == 2) {
                    StaticLhs.copyWidened(from.data(), (int) at, to, target, k);
                } else {
                    StaticLhs.copyUnsigned(from.data(), (int) at, to, target, k);
                }
            }
            case Matrix.Floats _, Matrix.Ints _ -> throw ElementKind.notBytes("lhs", product.lhs());
        }
    }

    private void putArguments(
            Product product, long lhsStride, Results results, int row, int rows, MemorySegment arguments) {
        final PackedRhs rhs = product.rhs();
        final int firstPanel = product.firstColumn() / nr;
        final int panels = (product.columns() + nr - 1) / nr;
        final long panel = firstPanel * rhs.panelBytes();
        arguments.set(LONG, NativeArguments.LHS_OFFSET, 0);
        arguments.set(LONG, NativeArguments.LHS_STRIDE, lhsStride);
        arguments.set(LONG, NativeArguments.RHS_OFFSET, panel);
        arguments.set(LONG, NativeArguments.RHS_STRIDE, rhs.panelBytes());
        arguments.set(LONG, NativeArguments.METADATA_OFFSET, panel + rhs.metadataOffset());
        arguments.set(LONG, NativeArguments.DST_OFFSET, results.at(row, product.firstColumn()) * dstBytes);
        arguments.set(LONG, NativeArguments.DST_STRIDE, results.rowStride() * dstBytes);
        arguments.set(LONG, NativeArguments.STEPS, (product.k() + kr - 1) / kr);
        arguments.set(LONG, NativeArguments.PANELS, panels);
        arguments.set(LONG, NativeArguments.LAST_COLUMNS, product.endColumn() - (firstPanel + panels - 1L) * nr);
        final int clamp = product.clamped() ? NativeArguments.CLAMP : 0;
        arguments.set(INT, NativeArguments.FLAGS, NativeArguments.FINISH | clamp);
        arguments.set(INT, NativeArguments.CLAMP_MIN, Int8Bounds.bound(product.clampMin()));
        arguments.set(INT, NativeArguments.CLAMP_MAX, Int8Bounds.bound(product.clampMax()));
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
        final long stepBytes = nr * (long) kr;
        arguments.set(LONG, NativeArguments.PREFETCH_OFFSET, count == 1 ? NEAR : rhs.panelBytes());
        arguments.set(LONG, NativeArguments.PREFETCH_STEP, count == 1 ? stepBytes : (stepBytes + count - 1) / count);
    }

    /**
     * Rows of results off the heap.
     *
     * @param data where they are
     * @param offset elements from its start to row 0, column 0; negative where that is not part of it
     * @param rowStride elements from one row to the next
     */
    private record Results(MemorySegment data, long offset, long rowStride) {
        /** Elements from the start. */
        long at(int row, int column) {
            return offset + row * rowStride + column;
        }
    }
}
