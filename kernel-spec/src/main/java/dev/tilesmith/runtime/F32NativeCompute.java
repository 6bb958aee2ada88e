package dev.tilesmith.runtime;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes f32 products in machine code, which reads rows where they lie, or packs them for itself. Rows are taken in blocks, and K too, such
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

    /** Floats of a cache line. */
    private static final long LINE = 16;

    /** Rows that are a multiple of so many floats apart share one set of a first-level cache. */
    private static final long CONFLICT = 1024;

    /** So many rows in the same sets are more than a first-level cache has ways for. */
    private static final int ROWS_IN_CONFLICT = 8;

    private final NativeFunction function;
    private final Family family;
    private final int nr;
    private final int mostRows;
    private final RowTiles[] tiles;
    private final long lhsBlockBytes;
    private final boolean packs;
    private final ScratchPool pool = new ScratchPool();

    /** Computes by {@code function}, which has the tiles of {@code family}, in blocks that fit the caches of {@code host}. */
    public F32NativeCompute(NativeFunction function, Family family, Host host) {
        this.function = function;
        this.family = family;
        this.nr = family.layout().nr();
        this.mostRows = TILES_PER_BLOCK * family.maxMr();
        this.tiles = RowTiles.upTo(mostRows, family, 1);
        this.packs = LhsLayout.ofAnyRows(family.target());
        this.lhsBlockBytes = host.cpu().caches().l2() / 8 * 5L;
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
        final int misalignment = product.firstColumn() == 0 ? 0 : product.firstColumn() % nr;
        if (misalignment == 0) {
            runAligned(product);
            return;
        }
        final int aligned = Math.min(product.firstColumn() - misalignment + nr, product.endColumn());
        runMisaligned(product.part(product.firstRow(), product.endRow(), product.firstColumn(), aligned));
        if (aligned < product.endColumn()) {
            runAligned(product.part(product.firstRow(), product.endRow(), aligned, product.endColumn()));
        }
    }

    /** Columns that start within a panel: all of the panel is computed aside, and those that are wanted are copied. */
    private void runMisaligned(Product product) {
        final int start = product.firstColumn() / nr * nr;
        final int width = Math.min(nr, product.rhs().n() - start);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment aside = arena.allocate((long) product.rows() * width * Float.BYTES, 64);
            final Operand to = new Operand(aside, -(product.firstRow() * (long) width + start), width);
            runBlocks(product.part(product.firstRow(), product.endRow(), start, start + width), to);
            copyOut(to, product);
        }
    }

    /** Columns from the start of a panel on. */
    private void runAligned(Product product) {
        if (product.dst() instanceof Matrix.Segment dst) {
            runBlocks(product, new Operand(dst.data(), dst.offset(), dst.rowStride()));
            return;
        }
        final long width = product.columns();
        final MemorySegment aside = pool.borrow(product.rows() * width * Float.BYTES);
        final Operand to = new Operand(aside, -(product.firstRow() * width + product.firstColumn()), width);
        runBlocks(product, to);
        copyOut(to, product);
        pool.giveBack(aside);
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

    /** Blocks of rows, and of K, against all panels of the product. */
    private void runBlocks(Product product, Operand dst) {
        final int blockRows = RowTiles.blockRows(product.rows(), family, mostRows);
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        putShape(arguments, product, dst);
        for (int row = product.firstRow(); row < product.endRow(); row += blockRows) {
            final int rows = Math.min(blockRows, product.endRow() - row);
            if (product.lhs() instanceof Matrix.Segment lhs && !copies(product, lhs.rowStride(), rows)) {
                runRows(product, new Operand(lhs.data(), lhs.offset(), lhs.rowStride()), dst, row, rows, arguments);
            } else {
                final long stride = copyStride(product.k());
                final MemorySegment copy = pool.borrow(rows * stride * Float.BYTES);
                copyIn(product.lhs(), row, rows, product.k(), copy, stride);
                runRows(product, new Operand(copy, -row * stride, stride), dst, row, rows, arguments);
                pool.giveBack(copy);
            }
        }
        pool.giveBack(arguments);
    }

    /**
     * Whether rows are so far apart that their values meet in the same few sets of the first-level cache, and are used
     * often enough for a copy to pay.
     */
    private boolean copies(Product product, long stride, int rows) {
        return !packs && (stride & CONFLICT - 1) == 0 && rows >= ROWS_IN_CONFLICT && product.columns() > nr * 2;
    }

    /** Floats between the rows of a copy: whole cache lines, and not such that they meet in the same sets. */
    private static long copyStride(int k) {
        final long lines = (k + LINE - 1L) & -LINE;
        return (lines & CONFLICT - 1) == 0 ? lines + LINE : lines;
    }

    private static void copyIn(Matrix lhs, int row, int rows, int k, MemorySegment copy, long stride) {
        for (int i = 0; i < rows; i++) {
            final long from = lhs.offset() + (row + i) * lhs.rowStride();
            final long to = i * stride * Float.BYTES;
            if (lhs instanceof Matrix.Floats floats) {
                MemorySegment.copy(floats.data(), (int) from, copy, FLOAT, to, k);
            } else if (lhs instanceof Matrix.Segment segment) {
                MemorySegment.copy(segment.data(), from * Float.BYTES, copy, to, k * (long) Float.BYTES);
            }
        }
    }

    /** Values along K such that a block of rows stays in the second-level cache, with room for a panel. */
    private int kBlock(int k, int rows) {
        if ((long) k * rows * Float.BYTES <= lhsBlockBytes) {
            return Math.max(1, k);
        }
        final long fits = Math.max(256, lhsBlockBytes / Float.BYTES / rows);
        final long blocks = (k + fits - 1) / fits;
        return (int) ((k + blocks - 1) / blocks);
    }

    private void runRows(Product product, Operand lhs, Operand dst, int row, int rows, MemorySegment arguments) {
        if (packs && rows > 1) {
            final MemorySegment packed = pool.borrow((long) kBlock(product.k(), rows) * rows * Float.BYTES);
            arguments.set(LONG, NativeArguments.PACKED_LHS, packed.address());
            runTiles(product, lhs, dst, row, rows, arguments);
            pool.giveBack(packed);
        } else {
            runTiles(product, lhs, dst, row, rows, arguments);
        }
    }

    private void runTiles(Product product, Operand lhs, Operand dst, int row, int rows, MemorySegment arguments) {
        putTiles(arguments, product, rows);
        arguments.set(LONG, NativeArguments.LHS_STRIDE, lhs.rowStride() * Float.BYTES);
        arguments.set(LONG, NativeArguments.DST_OFFSET, dst.at(row, product.firstColumn()) * Float.BYTES);
        final int kBlock = kBlock(product.k(), rows);
        final long panel = firstPanel(product) * product.rhs().panelBytes();
        for (int k = 0; k == 0 || k < product.k(); k += kBlock) {
            final int steps = Math.min(kBlock, product.k() - k);
            arguments.set(LONG, NativeArguments.LHS_OFFSET, lhs.at(row, k) * Float.BYTES);
            arguments.set(LONG, NativeArguments.RHS_OFFSET, panel + (long) k * nr * Float.BYTES);
            arguments.set(LONG, NativeArguments.STEPS, steps);
            arguments.set(INT, NativeArguments.FLAGS, flags(product, k > 0, k + steps == product.k()));
            function.call(arguments, lhs.data(), product.rhs().data(), dst.data());
        }
    }

    private static int flags(Product product, boolean resume, boolean finish) {
        return (resume ? NativeArguments.RESUME : 0)
                | (finish ? NativeArguments.FINISH : 0)
                | (product.clamped() ? NativeArguments.CLAMP : 0);
    }

    private int firstPanel(Product product) {
        return product.firstColumn() == 0 ? 0 : product.firstColumn() / nr;
    }

    /** The tiles of a block, and how fast to fetch the next panel while they use this one. */
    private void putTiles(MemorySegment arguments, Product product, int rows) {
        final RowTiles heights = tiles[rows];
        final int count = heights.count();
        for (int tile = 0; tile < count; tile++) {
            arguments.set(INT, NativeArguments.HEIGHTS + tile * 4L, heights.mr(tile));
        }
        arguments.set(INT, NativeArguments.HEIGHTS + count * 4L, 0);
        final long stepBytes = nr * (long) Float.BYTES;
        arguments.set(
                LONG,
                NativeArguments.PREFETCH_OFFSET,
                count == 1 ? NEAR : product.rhs().panelBytes());
        arguments.set(LONG, NativeArguments.PREFETCH_STEP, count == 1 ? stepBytes : (stepBytes + count - 1) / count);
    }

    private void putShape(MemorySegment arguments, Product product, Operand dst) {
        final int firstPanel = firstPanel(product);
        final int panels = (product.endColumn() + nr - 1) / nr - firstPanel;
        final PackedRhs rhs = product.rhs();
        arguments.set(LONG, NativeArguments.RHS_STRIDE, rhs.panelBytes());
        arguments.set(LONG, NativeArguments.METADATA_OFFSET, firstPanel * rhs.panelBytes() + rhs.metadataOffset());
        arguments.set(LONG, NativeArguments.DST_STRIDE, dst.rowStride() * Float.BYTES);
        arguments.set(LONG, NativeArguments.PANELS, panels);
        arguments.set(LONG, NativeArguments.LAST_COLUMNS, product.endColumn() - (firstPanel + panels - 1L) * nr);
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
