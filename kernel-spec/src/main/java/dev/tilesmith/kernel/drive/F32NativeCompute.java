package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.ArgumentBlock;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.layout.RowSpacing;
import dev.tilesmith.kernel.layout.StoredValues;
import dev.tilesmith.kernel.memory.Idle;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.kernel.target.RowGroups;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Computes products of rows and weights in f32 or narrower floats in machine code, which reads rows of f32 where they lie, or
 * packs them for itself; those of 16 bits are widened for it, and results rounded after it. Rows are taken in blocks, and K too, such that a block of the
 * left operand stays in the second-level cache while all panels go over it; sums of an earlier block of K wait in the result.
 */
public final class F32NativeCompute extends ProductCompute {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** A block of rows takes no more for being long along K: so much is kept for the next call. */
    private static final long MOST_BYTES = 1 << 22;

    private final NativeFunction function;
    private final LhsFormat lhsFormat;
    private final ResultFormat resultFormat;
    private final Optional<Idle<Widening>> widenings;
    private final Optional<Idle<Narrowing>> narrowings;
    private final int nr;
    private final StoredValues stored;
    private final NativeTiles tiles;
    private final boolean packs;
    private final int rowsInConflict;
    private final long leastKBlock;
    private final ScratchPool pool = new ScratchPool();
    private final Idle<ArgumentBlock> blocks;

    /** Computes by {@code function}, which has the tiles of {@code family}, in blocks that fit the caches of {@code host}. */
    public F32NativeCompute(NativeFunction function, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.function = function;
        this.lhsFormat = LhsFormat.of(family.lhs());
        this.resultFormat = ResultFormat.of(family.dst());
        this.widenings = lhsFormat.halves().map(halves -> new Idle<>(() -> Widening.of(halves)));
        this.narrowings = resultFormat.halves().map(halves -> new Idle<>(() -> Narrowing.of(halves)));
        this.nr = family.layout().nr();
        this.stored = family.layout().weights().stored();
        this.tiles = new NativeTiles(family, 1, host, tuning);
        this.blocks = tiles.argumentBlocks(pool);
        this.packs = TargetTraits.rowGroups(family.target()) == RowGroups.TILES;
        this.rowsInConflict = (int) tuning.get(Knob.ROWS_IN_CONFLICT);
        this.leastKBlock = tuning.get(Knob.LEAST_K_BLOCK);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        lhsFormat.require("lhs", lhs);
        resultFormat.require("dst", dst);
    }

    /** Columns that start within a panel, and results in Java arrays that take long, are computed aside and copied; all that are rounded. */
    @Override
    void run(Product product) {
        final int panel = product.firstPanel(nr);
        final int blockRows = blockRows(product);
        if (narrowings.isPresent() || !tiles.reaches(product.dst(), product, blockRows)) {
            runAside(product, blockRows);
        } else if (product.firstColumn() == panel * nr) {
            runInPlace(product, blockRows);
        } else {
            final int aligned = product.firstColumn() + product.columns(panel, nr);
            runAside(product.part(product.firstRow(), product.endRow(), product.firstColumn(), aligned), blockRows);
            if (aligned < product.endColumn()) {
                runInPlace(product.part(product.firstRow(), product.endRow(), aligned, product.endColumn()), blockRows);
            }
        }
    }

    private void runInPlace(Product product, int blockRows) {
        runBlocks(product, blockRows, NativeResults.inPlace(product));
    }

    private void runAside(Product product, int blockRows) {
        final NativeResults results =
                NativeResults.aside(product, tiles, blockRows, resultFormat.bytes(), narrowings, pool);
        runBlocks(product, blockRows, results);
        results.giveBackTo(pool);
    }

    private int blockRows(Product product) {
        return tiles.rowsAtOnce(product, tiles.blockRows(product, Integer.MAX_VALUE), product.lhs(), product.dst());
    }

    /** Blocks of rows, and of K, against all panels of the product. */
    private void runBlocks(Product product, int blockRows, NativeResults results) {
        final ArgumentBlock arguments = blocks.take();
        arguments.putFloat(NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.putFloat(NativeArguments.CLAMP_MAX, product.clampMax());
        int row = product.firstRow();
        while (row < product.endRow()) {
            final int rows = product.rowsFrom(row, blockRows);
            runRows(product, row, rows, arguments, results);
            row += rows;
        }
        blocks.add(arguments);
    }

    /** A block of rows, which are multiplied where they lie, or copied a block of K at a time. */
    private void runRows(Product product, int row, int rows, ArgumentBlock arguments, NativeResults results) {
        tiles.putTiles(arguments, product.rhs(), rows);
        final int kBlock = kBlock(product.k(), rows);
        final MemorySegment packed =
                packs && rows > 1 ? pool.borrow((long) kBlock * rows * Float.BYTES) : MemorySegment.NULL;
        arguments.putLong(NativeArguments.PACKED_LHS, packed.address());
        if (tiles.reaches(product.lhs(), product, rows) && !copies(product, rows)) {
            runRows(new InPlace(NativeRows.of(product.lhs())), row, rows, kBlock, arguments, results);
        } else {
            final long stride = RowSpacing.spread(kBlock * (long) Float.BYTES);
            final MemorySegment copy = pool.borrow(rows * stride);
            final Optional<Widening> widening = widenings.map(Idle::take);
            final Copied copied = new Copied(product.lhs(), widening, row, rows, stride, copy);
            runRows(copied, row, rows, kBlock, arguments, results);
            widening.ifPresent(used -> widenings.orElseThrow().add(used));
            pool.giveBack(copy);
        }
        if (packed.byteSize() > 0) {
            pool.giveBack(packed);
        }
    }

    private void runRows(Lhs lhs, int row, int rows, int kBlock, ArgumentBlock arguments, NativeResults results) {
        results.compute(row, row + rows, (slice, dst) -> multiply(slice, lhs, dst, row, kBlock, arguments));
    }

    /**
     * Whether rows that code reaches are copied: to be widened, or because they are so far apart that their values meet in the
     * same few sets of the first-level cache, and are used often enough for a copy to pay.
     */
    private boolean copies(Product product, int rows) {
        return widenings.isPresent()
                || (!packs
                        && RowSpacing.meets(product.lhs().rowStride() * Float.BYTES)
                        && rows >= rowsInConflict
                        && product.columns() > nr * 2);
    }

    /** Values along K such that a block of rows stays in the second-level cache, with room for a panel. */
    private int kBlock(int k, int rows) {
        if ((long) k * rows * Float.BYTES <= tiles.lhsBlockBytes()) {
            return Math.max(1, k);
        }
        final long least = Math.min(leastKBlock, MOST_BYTES / Float.BYTES / rows);
        final long fits = Math.max(least, tiles.lhsBlockBytes() / Float.BYTES / rows);
        final long blocks = (k + fits - 1) / fits;
        return (int) ((k + blocks - 1) / blocks);
    }

    /** The rows of a block as machine code reads them, from the value {@code k} along K on. */
    private sealed interface Lhs {
        NativeRows rows(int k, int steps);
    }

    /** Rows that are multiplied where they lie. */
    private record InPlace(NativeRows rows) implements Lhs {
        @Override
        public NativeRows rows(int k, int steps) {
            return rows;
        }
    }

    /** Rows that are copied, or widened, a block of K at a time. */
    private static final class Copied implements Lhs {
        private final Matrix lhs;
        private final Optional<Widening> widening;
        private final int row;
        private final int count;
        private final long stride;
        private final MemorySegment copy;

        /** Where the copy begins along K; -1 before there is one. */
        private int begins = -1;

        Copied(Matrix lhs, Optional<Widening> widening, int row, int count, long stride, MemorySegment copy) {
            this.lhs = lhs;
            this.widening = widening;
            this.row = row;
            this.count = count;
            this.stride = stride;
            this.copy = copy;
        }

        @Override
        public NativeRows rows(int k, int steps) {
            if (begins != k) {
                copyIn(k, steps);
                begins = k;
            }
            return NativeRows.from(row, k, copy, stride / Float.BYTES, Float.BYTES);
        }

        private void copyIn(int k, int steps) {
            for (int i = 0; i < count; i++) {
                final long from = lhs.offset() + (row + i) * lhs.rowStride() + k;
                final long to = i * stride;
                if (widening.isPresent()) {
                    widening.get().widen(lhs, from, steps, copy, to);
                } else if (lhs instanceof Matrix.Floats floats) {
                    MemorySegment.copy(floats.data(), (int) from, copy, FLOAT, to, steps);
                } else if (lhs instanceof Matrix.Segment segment) {
                    MemorySegment.copy(segment.data(), from * Float.BYTES, copy, to, steps * (long) Float.BYTES);
                }
            }
        }
    }

    /** Multiplies rows from {@code row} on by the panels of {@code slice}. */
    private void multiply(Product slice, Lhs lhs, NativeRows dst, int row, int kBlock, ArgumentBlock arguments) {
        tiles.putPanels(arguments, slice, dst);
        arguments.putLong(NativeArguments.DST_OFFSET, dst.at(row, slice.firstColumn()));
        final long panel = slice.firstPanel(nr) * slice.rhs().panelBytes();
        int k = 0;
        do {
            final int steps = Math.min(kBlock, slice.k() - k);
            final NativeRows from = lhs.rows(k, steps);
            putStep(arguments, from, row, k);
            arguments.putLong(NativeArguments.RHS_OFFSET, panel + stored.bytes((long) k * nr));
            arguments.putLong(NativeArguments.STEPS, steps);
            arguments.putInt(NativeArguments.FLAGS, flags(slice, k > 0, k + steps == slice.k()));
            function.call(arguments.written(), from.data(), slice.rhs().data(), dst.data());
            k += steps;
        } while (k < slice.k());
    }

    private static void putStep(ArgumentBlock arguments, NativeRows lhs, int row, int k) {
        arguments.putLong(NativeArguments.LHS_STRIDE, lhs.strideBytes());
        arguments.putLong(NativeArguments.LHS_OFFSET, lhs.at(row, k));
    }

    private static int flags(Product product, boolean resume, boolean finish) {
        return (resume ? NativeArguments.RESUME : 0)
                | (finish ? NativeArguments.FINISH : 0)
                | (product.clamped() ? NativeArguments.CLAMP : 0);
    }
}
