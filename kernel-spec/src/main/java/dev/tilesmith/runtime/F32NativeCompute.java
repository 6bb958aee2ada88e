package dev.tilesmith.runtime;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes f32 products in machine code, which reads rows where they lie, or packs them for itself. Rows are taken in
 * blocks, and K too, such that a block of the left operand stays in the second-level cache while all panels go over it;
 * sums of an earlier block of K wait in the result.
 */
public final class F32NativeCompute extends Compute {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** So many rows in the same sets are more than a first-level cache has ways for. */
    private static final int ROWS_IN_CONFLICT = 8;

    private final NativeFunction function;
    private final Family family;
    private final int nr;
    private final NativeTiles tiles;
    private final boolean packs;
    private final ScratchPool pool = new ScratchPool();

    /** Computes by {@code function}, which has the tiles of {@code family}, in blocks that fit the caches of {@code host}. */
    public F32NativeCompute(NativeFunction function, Family family, Host host) {
        this.function = function;
        this.family = family;
        this.nr = family.layout().nr();
        this.tiles = new NativeTiles(family, 1, host);
        this.packs = LhsLayout.ofAnyRows(family.target());
    }

    @Override
    Family family() {
        return family;
    }

    @Override
    PackedRhs pack(Weights weights, Packing packing) {
        return F32RhsPacker.pack(weights, family.layout(), packing);
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
            final NativeRows to = NativeRows.from(product.firstRow(), start, aside, width, Float.BYTES);
            runBlocks(product.part(product.firstRow(), product.endRow(), start, start + width), to);
            to.copyTo(product);
        }
    }

    /** Columns from the start of a panel on. */
    private void runAligned(Product product) {
        if (product.dst() instanceof Matrix.Segment dst) {
            runBlocks(product, NativeRows.of(dst));
            return;
        }
        final long width = product.columns();
        final MemorySegment aside = pool.borrow(product.rows() * width * Float.BYTES);
        final NativeRows to = NativeRows.from(product.firstRow(), product.firstColumn(), aside, width, Float.BYTES);
        runBlocks(product, to);
        to.copyTo(product);
        pool.giveBack(aside);
    }

    /** Blocks of rows, and of K, against all panels of the product. */
    private void runBlocks(Product product, NativeRows dst) {
        final int blockRows = tiles.blockRows(product, Integer.MAX_VALUE);
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        tiles.putPanels(arguments, product, dst);
        arguments.set(FLOAT, NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.set(FLOAT, NativeArguments.CLAMP_MAX, product.clampMax());
        for (int row = product.firstRow(); row < product.endRow(); row += blockRows) {
            final int rows = Math.min(blockRows, product.endRow() - row);
            if (product.lhs() instanceof Matrix.Segment lhs && !copies(product, lhs.rowStride() * Float.BYTES, rows)) {
                runRows(product, NativeRows.of(lhs), dst, row, rows, arguments);
            } else {
                final long stride = RowSpacing.spread(product.k() * (long) Float.BYTES);
                final MemorySegment copy = pool.borrow(rows * stride);
                copyIn(product.lhs(), row, rows, product.k(), copy, stride);
                final NativeRows from = NativeRows.from(row, 0, copy, stride / Float.BYTES, Float.BYTES);
                runRows(product, from, dst, row, rows, arguments);
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
        return !packs && RowSpacing.meets(stride) && rows >= ROWS_IN_CONFLICT && product.columns() > nr * 2;
    }

    private static void copyIn(Matrix lhs, int row, int rows, int k, MemorySegment copy, long stride) {
        for (int i = 0; i < rows; i++) {
            final long from = lhs.offset() + (row + i) * lhs.rowStride();
            final long to = i * stride;
            if (lhs instanceof Matrix.Floats floats) {
                MemorySegment.copy(floats.data(), (int) from, copy, FLOAT, to, k);
            } else if (lhs instanceof Matrix.Segment segment) {
                MemorySegment.copy(segment.data(), from * Float.BYTES, copy, to, k * (long) Float.BYTES);
            }
        }
    }

    /** Values along K such that a block of rows stays in the second-level cache, with room for a panel. */
    private int kBlock(int k, int rows) {
        if ((long) k * rows * Float.BYTES <= tiles.lhsBlockBytes()) {
            return Math.max(1, k);
        }
        final long fits = Math.max(256, tiles.lhsBlockBytes() / Float.BYTES / rows);
        final long blocks = (k + fits - 1) / fits;
        return (int) ((k + blocks - 1) / blocks);
    }

    private void runRows(Product product, NativeRows lhs, NativeRows dst, int row, int rows, MemorySegment arguments) {
        if (packs && rows > 1) {
            final MemorySegment packed = pool.borrow((long) kBlock(product.k(), rows) * rows * Float.BYTES);
            arguments.set(LONG, NativeArguments.PACKED_LHS, packed.address());
            runTiles(product, lhs, dst, row, rows, arguments);
            pool.giveBack(packed);
        } else {
            runTiles(product, lhs, dst, row, rows, arguments);
        }
    }

    private void runTiles(Product product, NativeRows lhs, NativeRows dst, int row, int rows, MemorySegment arguments) {
        tiles.putTiles(arguments, product.rhs(), rows);
        arguments.set(LONG, NativeArguments.LHS_STRIDE, lhs.strideBytes());
        arguments.set(LONG, NativeArguments.DST_OFFSET, dst.at(row, product.firstColumn()));
        final int kBlock = kBlock(product.k(), rows);
        final long panel = tiles.firstPanel(product) * product.rhs().panelBytes();
        for (int k = 0; k == 0 || k < product.k(); k += kBlock) {
            final int steps = Math.min(kBlock, product.k() - k);
            arguments.set(LONG, NativeArguments.LHS_OFFSET, lhs.at(row, k));
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
}
