package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.ArgumentBlock;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.LhsLayout;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.target.RowGroups;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Computes {@code QAI8 x QSI8CX} to {@code QAI8} or {@code I32}, and {@code QAI8 x QSI4CX} to {@code QAI8}, in machine
 * code. Rows are copied to the form that it multiplies.
 */
public final class StaticInt8NativeCompute extends PackedRowsCompute {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final int kr;
    private final Form form;

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
    public StaticInt8NativeCompute(NativeFunction function, PanelFamily family, Host host, Tuning tuning) {
        super(function, family, host, tuning);
        this.kr = lhsLayout().kr();
        this.form = Form.of(family, lhsLayout());
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireBytes("lhs", lhs);
        family().layout().result().require("dst", dst);
    }

    @Override
    void checkOptions(RunOptions options) {
        Int8Bounds.check(family(), options);
    }

    /**
     * Copies rows in groups. Where a group is a tile of any rows, the last may have fewer. What lies beyond k in a row is
     * multiplied by weights that are zero, and a row that a last group lacks is not stored.
     */
    @Override
    void prepare(Product product, int row, int rows, ArgumentBlock arguments, MemorySegment to) {
        final LhsLayout lhsLayout = lhsLayout();
        final int most = lhsLayout.rows();
        final long stride = lhsLayout.stride(product.rhs());
        for (int i = 0; i < rows; i++) {
            final int first = i / most * most;
            final int group = rowGroups() == RowGroups.TILES ? Math.min(most, rows - first) : most;
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
        final long eights = (long) lhsLayout().rows() * Long.BYTES;
        final int sum = StaticLhs.sum(to, values + (long) inGroup * kr, product.k(), eights);
        final long at = start + (long) inGroup * lhsLayout().blockMetadata();
        for (int i = 0; i < lhsLayout().blockMetadata(); i += Integer.BYTES) {
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
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notBytes("lhs", product.lhs());
        }
    }

    @Override
    void putBounds(ArgumentBlock arguments, Product product) {
        arguments.putInt(NativeArguments.CLAMP_MIN, Int8Bounds.bound(product.clampMin()));
        arguments.putInt(NativeArguments.CLAMP_MAX, Int8Bounds.bound(product.clampMax()));
    }
}
