package dev.tilesmith.runtime;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes f32 products in machine code, which reads rows where they lie. Rows are taken in blocks, and K too, such
 * that a block of the left operand stays in the second-level cache while all panels go over it; sums of an earlier
 * block of K wait in the result.
 */
public final class F32NativeCompute extends Compute {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** Tiles of a block of rows: enough that reading a panel costs little beside using it. */
    private static final int TILES_PER_BLOCK = 10;

    /** Where a panel is used by one tile alone, its own values are fetched this many bytes ahead. */
    private static final long NEAR = 4096;

    private final NativeFunction function;
    private final Family family;
    private final long lhsBlockBytes;
    private final ScratchPool pool = new ScratchPool();

    /** Computes by {@code function}, which has the tiles of {@code family}, in blocks that fit the caches of {@code host}. */
    public F32NativeCompute(NativeFunction function, Family family, Host host) {
        this.function = function;
        this.family = family;
        this.lhsBlockBytes = host.cpu().caches().l2() / 2;
    }

    @Override
    Family family() {
        return family;
    }

    @Override
    PackedRhs pack(Weights weights, Arena arena) {
        return F32RhsPacker.pack(weights, family.layout(), arena);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireFloats("lhs", lhs);
        ElementKind.requireFloats("dst", dst);
    }

    @Override
    void run(Product product) {
        final int nr = family.layout().nr();
        final int aligned = (product.firstColumn() + nr - 1) / nr * nr;
        if (aligned != product.firstColumn()) {
            final int end = Math.min(aligned, product.endColumn());
            runMisaligned(product.part(product.firstRow(), product.endRow(), product.firstColumn(), end));
        }
        if (aligned < product.endColumn()) {
            runBlocks(product.part(product.firstRow(), product.endRow(), aligned, product.endColumn()));
        }
    }

    /** Columns that start within a panel: all of the panel is computed aside, and those that are wanted are copied. */
    private void runMisaligned(Product product) {
        final int nr = family.layout().nr();
        final int start = product.firstColumn() / nr * nr;
        final int width = Math.min(nr, product.rhs().n() - start);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment aside = arena.allocate((long) product.rows() * width * Float.BYTES, 64);
            final Operand to = new Operand(aside, -(product.firstRow() * (long) width + start), width);
            runBlocks(product.part(product.firstRow(), product.endRow(), start, start + width), to);
            copyOut(to, product);
        }
    }

    private void runBlocks(Product product) {
        switch (product.dst()) {
            case Matrix.Segment dst -> runBlocks(product, new Operand(dst.data(), dst.offset(), dst.rowStride()));
            case Matrix.Floats _ -> {
                final long width = product.columns();
                final MemorySegment aside = pool.borrow(product.rows() * width * Float.BYTES);
                final Operand to = new Operand(aside, -(product.firstRow() * width + product.firstColumn()), width);
                runBlocks(product, to);
                copyOut(to, product);
                pool.giveBack(aside);
            }
            case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("dst", product.dst());
        }
    }

    private static void copyOut(Operand from, Product product) {
        final Matrix dst = product.dst();
        for (int row = product.firstRow(); row < product.endRow(); row++) {
            final long source = from.at(row, product.firstColumn()) * Float.BYTES;
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

    /** Blocks of rows and of K, against all panels of the product. */
    private void runBlocks(Product product, Operand dst) {
        final int blockRows = RowTiles.blockRows(product.rows(), family, TILES_PER_BLOCK * family.maxMr());
        final int kBlock = kBlock(product.k(), blockRows);
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        for (int row = product.firstRow(); row < product.endRow(); row += blockRows) {
            final int rows = Math.min(blockRows, product.endRow() - row);
            switch (product.lhs()) {
                case Matrix.Segment lhs ->
                    runRows(
                            product,
                            new Operand(lhs.data(), lhs.offset(), lhs.rowStride()),
                            dst,
                            row,
                            rows,
                            kBlock,
                            arguments);
                case Matrix.Floats lhs -> {
                    final MemorySegment copy = copyIn(lhs, row, rows, product.k());
                    final Operand from = new Operand(copy, -(long) row * product.k(), product.k());
                    runRows(product, from, dst, row, rows, kBlock, arguments);
                    pool.giveBack(copy);
                }
                case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("lhs", product.lhs());
            }
        }
        pool.giveBack(arguments);
    }

    private int kBlock(int k, int rows) {
        final long fits = Math.max(256, lhsBlockBytes / Float.BYTES / rows);
        final long blocks = Math.max(1, (k + fits - 1) / fits);
        return (int) Math.max(1, (k + blocks - 1) / blocks);
    }

    private MemorySegment copyIn(Matrix.Floats lhs, int row, int rows, int k) {
        final MemorySegment copy = pool.borrow((long) rows * k * Float.BYTES);
        for (int i = 0; i < rows; i++) {
            final int from = (int) (lhs.offset() + (row + i) * lhs.rowStride());
            MemorySegment.copy(lhs.data(), from, copy, FLOAT, (long) i * k * Float.BYTES, k);
        }
        return copy;
    }

    private void runRows(
            Product product, Operand lhs, Operand dst, int row, int rows, int kBlock, MemorySegment arguments) {
        final int tiles = putHeights(arguments, rows);
        final int firstPanel = product.firstColumn() / family.layout().nr();
        putShape(arguments, product, firstPanel, tiles);
        arguments.set(LONG, NativeArguments.LHS_STRIDE, lhs.rowStride() * Float.BYTES);
        arguments.set(LONG, NativeArguments.DST_OFFSET, dst.at(row, product.firstColumn()) * Float.BYTES);
        arguments.set(LONG, NativeArguments.DST_STRIDE, dst.rowStride() * Float.BYTES);
        final long panel = firstPanel * family.layout().panelBytes(product.k());
        for (int k = 0; k == 0 || k < product.k(); k += kBlock) {
            final int steps = Math.min(kBlock, product.k() - k);
            final boolean last = k + steps == product.k();
            arguments.set(LONG, NativeArguments.LHS_OFFSET, lhs.at(row, k) * Float.BYTES);
            arguments.set(
                    LONG,
                    NativeArguments.RHS_OFFSET,
                    panel + (long) k * family.layout().nr() * Float.BYTES);
            arguments.set(LONG, NativeArguments.STEPS, steps);
            arguments.set(
                    INT,
                    NativeArguments.FLAGS,
                    (k > 0 ? NativeArguments.RESUME : 0)
                            | (last ? NativeArguments.FINISH : 0)
                            | (product.clamped() ? NativeArguments.CLAMP : 0));
            function.call(arguments, lhs.data(), product.rhs().data(), dst.data());
        }
    }

    private int putHeights(MemorySegment arguments, int rows) {
        final RowTiles tiles = RowTiles.of(rows, family);
        for (int tile = 0; tile < tiles.count(); tile++) {
            arguments.set(INT, NativeArguments.HEIGHTS + tile * 4L, tiles.mr(tile));
        }
        arguments.set(INT, NativeArguments.HEIGHTS + tiles.count() * 4L, 0);
        return tiles.count();
    }

    private void putShape(MemorySegment arguments, Product product, int firstPanel, int tiles) {
        final PanelLayout layout = family.layout();
        final int panels = layout.panels(product.endColumn()) - firstPanel;
        final long panelBytes = layout.panelBytes(product.k());
        final long stepBytes = layout.nr() * (long) Float.BYTES;
        arguments.set(LONG, NativeArguments.RHS_STRIDE, panelBytes);
        arguments.set(
                LONG, NativeArguments.METADATA_OFFSET, firstPanel * panelBytes + layout.metadataOffset(product.k()));
        arguments.set(LONG, NativeArguments.PANELS, panels);
        arguments.set(
                LONG, NativeArguments.LAST_COLUMNS, product.endColumn() - (firstPanel + panels - 1L) * layout.nr());
        arguments.set(LONG, NativeArguments.PREFETCH_OFFSET, tiles == 1 ? NEAR : panelBytes);
        arguments.set(LONG, NativeArguments.PREFETCH_STEP, (stepBytes + tiles - 1) / tiles);
        arguments.set(FLOAT, NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.set(FLOAT, NativeArguments.CLAMP_MAX, product.clampMax());
    }

    /**
     * Rows of floats off the heap.
     *
     * @param data where they are
     * @param offset floats from its start to row 0, column 0; negative where that is not part of it
     * @param rowStride floats from one row to the next
     */
    private record Operand(MemorySegment data, long offset, long rowStride) {
        long at(int row, int column) {
            return offset + row * rowStride + column;
        }
    }
}
