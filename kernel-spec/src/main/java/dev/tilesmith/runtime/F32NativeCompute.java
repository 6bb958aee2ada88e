package dev.tilesmith.runtime;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

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
        return RhsPacker.pack(weights, family.layout(), packing);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireFloats("lhs", lhs);
        ElementKind.requireFloats("dst", dst);
    }

    /** Columns that start within a panel, and results on the heap, are computed aside and copied. */
    @Override
    void run(Product product) {
        final int panel = product.firstPanel(nr);
        if (!(product.dst() instanceof Matrix.Segment dst)) {
            runAside(product);
        } else if (product.firstColumn() == panel * nr) {
            runInPlace(product, dst);
        } else {
            final int aligned = product.firstColumn() + product.columns(panel, nr);
            runAside(product.part(product.firstRow(), product.endRow(), product.firstColumn(), aligned));
            if (aligned < product.endColumn()) {
                runInPlace(product.part(product.firstRow(), product.endRow(), aligned, product.endColumn()), dst);
            }
        }
    }

    private void runInPlace(Product product, Matrix.Segment dst) {
        runBlocks(product, blockRows(product), NativeResults.inPlace(product, dst));
    }

    private void runAside(Product product) {
        final int blockRows = blockRows(product);
        final NativeResults results = NativeResults.aside(product, tiles, blockRows, Float.BYTES, pool);
        runBlocks(product, blockRows, results);
        results.giveBackTo(pool);
    }

    private int blockRows(Product product) {
        return tiles.blockRows(product, Integer.MAX_VALUE);
    }

    /** Blocks of rows, and of K, against all panels of the product. */
    private void runBlocks(Product product, int blockRows, NativeResults results) {
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        arguments.set(FLOAT, NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.set(FLOAT, NativeArguments.CLAMP_MAX, product.clampMax());
        int row = product.firstRow();
        while (row < product.endRow()) {
            final int endRow = row + product.rowsFrom(row, blockRows);
            final Rows rows = new Rows(product, row, endRow - row, arguments);
            results.compute(row, endRow, rows);
            rows.giveBack();
            row = endRow;
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

    /** Values along K such that a block of rows stays in the second-level cache, with room for a panel. */
    private int kBlock(int k, int rows) {
        if ((long) k * rows * Float.BYTES <= tiles.lhsBlockBytes()) {
            return Math.max(1, k);
        }
        final long fits = Math.max(256, tiles.lhsBlockBytes() / Float.BYTES / rows);
        final long blocks = (k + fits - 1) / fits;
        return (int) ((k + blocks - 1) / blocks);
    }

    /** A block of rows, which are multiplied where they lie, or copied a block of K at a time. */
    private final class Rows implements NativeResults.Computation {
        private final Product product;
        private final int row;
        private final int rows;
        private final int kBlock;
        private final MemorySegment arguments;
        private final Optional<NativeRows> inPlace;
        private final long copyStride;
        private final MemorySegment copy;
        private final MemorySegment packed;

        /** Where the copy begins along K; -1 before there is one. */
        private int copied = -1;

        Rows(Product product, int row, int rows, MemorySegment arguments) {
            this.product = product;
            this.row = row;
            this.rows = rows;
            this.arguments = arguments;
            this.kBlock = kBlock(product.k(), rows);
            this.inPlace =
                    product.lhs() instanceof Matrix.Segment lhs && !copies(product, lhs.rowStride() * Float.BYTES, rows)
                            ? Optional.of(NativeRows.of(lhs))
                            : Optional.empty();
            this.copyStride = RowSpacing.spread(kBlock * (long) Float.BYTES);
            this.copy = inPlace.isPresent() ? MemorySegment.NULL : pool.borrow(rows * copyStride);
            this.packed = packs && rows > 1 ? pool.borrow((long) kBlock * rows * Float.BYTES) : MemorySegment.NULL;
        }

        void giveBack() {
            if (inPlace.isEmpty()) {
                pool.giveBack(copy);
            }
            if (packed.byteSize() > 0) {
                pool.giveBack(packed);
            }
        }

        /** Multiplies by the panels of {@code slice}, whose rows these are. */
        @Override
        public void compute(Product slice, NativeRows dst) {
            tiles.putPanels(arguments, slice, dst);
            tiles.putTiles(arguments, product.rhs(), rows);
            arguments.set(LONG, NativeArguments.PACKED_LHS, packed.address());
            arguments.set(LONG, NativeArguments.DST_OFFSET, dst.at(row, slice.firstColumn()));
            final long panel = slice.firstPanel(nr) * product.rhs().panelBytes();
            int k = 0;
            do {
                final int steps = Math.min(kBlock, product.k() - k);
                final NativeRows lhs = inPlace.isPresent() ? inPlace.get() : copied(k, steps);
                arguments.set(LONG, NativeArguments.LHS_STRIDE, lhs.strideBytes());
                arguments.set(LONG, NativeArguments.LHS_OFFSET, lhs.at(row, k));
                arguments.set(LONG, NativeArguments.RHS_OFFSET, panel + (long) k * nr * Float.BYTES);
                arguments.set(LONG, NativeArguments.STEPS, steps);
                arguments.set(INT, NativeArguments.FLAGS, flags(product, k > 0, k + steps == product.k()));
                function.call(arguments, lhs.data(), product.rhs().data(), dst.data());
                k += steps;
            } while (k < product.k());
        }

        private NativeRows copied(int k, int steps) {
            if (copied != k) {
                copyIn(k, steps);
                copied = k;
            }
            return NativeRows.from(row, k, copy, copyStride / Float.BYTES, Float.BYTES);
        }

        private void copyIn(int k, int steps) {
            final Matrix lhs = product.lhs();
            for (int i = 0; i < rows; i++) {
                final long from = lhs.offset() + (row + i) * lhs.rowStride() + k;
                final long to = i * copyStride;
                if (lhs instanceof Matrix.Floats floats) {
                    MemorySegment.copy(floats.data(), (int) from, copy, FLOAT, to, steps);
                } else if (lhs instanceof Matrix.Segment segment) {
                    MemorySegment.copy(segment.data(), from * Float.BYTES, copy, to, steps * (long) Float.BYTES);
                }
            }
        }
    }

    private static int flags(Product product, boolean resume, boolean finish) {
        return (resume ? NativeArguments.RESUME : 0)
                | (finish ? NativeArguments.FINISH : 0)
                | (product.clamped() ? NativeArguments.CLAMP : 0);
    }
}
