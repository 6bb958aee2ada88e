package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.LhsLayout;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.kernel.packing.RhsPacker;
import dev.tilesmith.kernel.target.RowGroups;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.ElementKind;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes {@code QAI8 x QSI8CX} to {@code QAI8} or {@code I32}, and {@code QAI8 x QSI4CX} to {@code QAI8}, in machine
 * code. Rows are taken in blocks that stay in the second-level cache while all panels go over them; a block is copied once,
 * to the form that the code multiplies.
 */
public final class StaticInt8NativeCompute extends Compute {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final NativeFunction function;
    private final PanelFamily family;
    private final int nr;
    private final int kr;
    private final int dstBytes;
    private final Form form;
    private final LhsLayout lhsLayout;
    private final RowGroups rowGroups;
    private final NativeTiles tiles;
    private final ScratchPool pool = new ScratchPool();

    /** What the code multiplies. */
    private enum Form {
        /** Bytes. */
        SIGNED,
        /** Bytes, larger by 128. */
        UNSIGNED,
        /** 16-bit integers. */
        WIDENED,
        /** Bytes, of each four the second and the third in each other's place. */
        INTERLEAVED;

        static Form of(PanelFamily family, LhsLayout lhsLayout) {
            if (LhsLayout.interleaves(family)) {
                return INTERLEAVED;
            }
            if (lhsLayout.valueBytes() == Short.BYTES) {
                return WIDENED;
            }
            return family.layout().lhsOffset() == 0 ? SIGNED : UNSIGNED;
        }
    }

    /**
     * Computes by machine code, in blocks that fit the caches of {@code host}.
     *
     * @param function has the tiles of {@code family}
     */
    public StaticInt8NativeCompute(NativeFunction function, PanelFamily family, Host host) {
        this.function = function;
        this.family = family;
        this.nr = family.layout().nr();
        this.dstBytes = family.layout().result().bytes();
        this.lhsLayout = LhsLayout.of(family);
        this.rowGroups = TargetTraits.rowGroups(family.target());
        this.kr = lhsLayout.kr();
        this.form = Form.of(family, lhsLayout);
        this.tiles = new NativeTiles(family, lhsLayout.rows(), host);
    }

    @Override
    PanelFamily family() {
        return family;
    }

    @Override
    PackedPanels pack(Weights weights, Packing packing) {
        return RhsPacker.pack(weights, family.layout(), packing);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireBytes("lhs", lhs);
        family.layout().result().require("dst", dst);
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
        final long fit = tiles.lhsBlockBytes() / lhsLayout.stride(product.rhs()) * lhsLayout.rows();
        final int blockRows = tiles.blockRows(product, fit);
        final boolean whole = product.firstColumn() == product.firstPanel(nr) * nr
                && (dstBytes == Integer.BYTES || product.endColumn() % nr == 0);
        final NativeResults results = whole && product.dst() instanceof Matrix.Segment dst
                ? NativeResults.inPlace(product, dst)
                : NativeResults.aside(product, tiles, blockRows, dstBytes, pool);
        runBlocks(product, blockRows, results);
        results.giveBackTo(pool);
    }

    private void runBlocks(Product product, int blockRows, NativeResults results) {
        final MemorySegment arguments = pool.borrow(NativeArguments.bytes(blockRows));
        final MemorySegment lhs = pool.borrow(lhsLayout.bytes(product.rhs(), blockRows));
        final boolean decodes = tiles.decodes(blockRows);
        final MemorySegment decoded = decodes ? pool.borrow(tiles.decodedBytes(product.rhs())) : MemorySegment.NULL;
        arguments.set(LONG, NativeArguments.DECODED, decoded.address());
        int row = product.firstRow();
        while (row < product.endRow()) {
            final int endRow = row + product.rowsFrom(row, blockRows);
            copyRows(product, row, endRow - row, lhs);
            results.compute(row, endRow, (slice, dst) -> {
                putArguments(slice, dst, arguments);
                function.call(arguments, lhs, slice.rhs().data(), dst.data());
            });
            row = endRow;
        }
        if (decodes) {
            pool.giveBack(decoded);
        }
        pool.giveBack(lhs);
        pool.giveBack(arguments);
    }

    /**
     * Copies rows in groups. Where a group is a tile of any rows, the last may have fewer. What lies beyond k in a row is
     * multiplied by weights that are zero, and a row that a last group lacks is not stored.
     */
    private void copyRows(Product product, int row, int rows, MemorySegment to) {
        final int most = lhsLayout.rows();
        final long stride = lhsLayout.stride(product.rhs());
        for (int i = 0; i < rows; i++) {
            final int first = i / most * most;
            final int group = rowGroups == RowGroups.TILES ? Math.min(most, rows - first) : most;
            final long start = i / most * stride;
            final long values = start + (long) lhsLayout.blockMetadata() * group;
            copyRow(product, row + i, to, values, i - first, group);
            if (lhsLayout.inBlocks()) {
                putBeginning(product, to, start, values, i - first);
            }
        }
    }

    /** What the sums of a row begin with, as many times as there is room for: of its values, which have been copied. */
    private void putBeginning(Product product, MemorySegment to, long start, long values, int inGroup) {
        final long eights = (long) lhsLayout.rows() * Long.BYTES;
        final int sum = StaticLhs.sum(to, values + (long) inGroup * kr, product.k(), eights);
        final long at = start + (long) inGroup * lhsLayout.blockMetadata();
        for (int i = 0; i < lhsLayout.blockMetadata(); i += Integer.BYTES) {
            to.set(INT, at + i, product.rhs().beginningFactor() * sum);
        }
    }

    private void copyRow(Product product, int row, MemorySegment to, long group, int inGroup, int groupRows) {
        final int k = product.k();
        final long at = product.lhs().offset() + row * product.lhs().rowStride();
        final long target = group + (long) inGroup * kr;
        switch (product.lhs()) {
            case Matrix.Segment from -> {
                switch (form) {
                    case WIDENED -> StaticLhs.copyWidened(from.data(), at, to, group, k);
                    case UNSIGNED -> StaticLhs.copyUnsigned(from.data(), at, to, group, k);
                    case SIGNED -> StaticLhs.copyApart(from.data(), at, to, target, k, kr, (long) groupRows * kr);
                    case INTERLEAVED ->
                        StaticLhs.copyInterleaved(from.data(), at, to, target, k, (long) groupRows * kr);
                }
            }
            case Matrix.Bytes from -> {
                switch (form) {
                    case WIDENED -> StaticLhs.copyWidened(from.data(), (int) at, to, group, k);
                    case UNSIGNED -> StaticLhs.copyUnsigned(from.data(), (int) at, to, group, k);
                    case SIGNED -> StaticLhs.copyApart(from.data(), (int) at, to, target, k, kr, (long) groupRows * kr);
                    case INTERLEAVED ->
                        StaticLhs.copyInterleaved(from.data(), (int) at, to, target, k, (long) groupRows * kr);
                }
            }
            case Matrix.Floats _, Matrix.Ints _ -> throw ElementKind.notBytes("lhs", product.lhs());
        }
    }

    private void putArguments(Product product, NativeRows results, MemorySegment arguments) {
        tiles.putPackedRows(arguments, product, results, lhsLayout);
        arguments.set(INT, NativeArguments.CLAMP_MIN, Int8Bounds.bound(product.clampMin()));
        arguments.set(INT, NativeArguments.CLAMP_MAX, Int8Bounds.bound(product.clampMax()));
    }
}
