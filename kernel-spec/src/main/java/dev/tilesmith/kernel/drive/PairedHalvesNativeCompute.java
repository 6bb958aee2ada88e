package dev.tilesmith.kernel.drive;

import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.ArgumentBlock;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.RowSpacing;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Computes products of rows and weights of 16 bits in machine code that multiplies pairs of them as they are. Rows are multiplied where they
 * lie, if all that is read there are values of theirs, at whole lines where that matters; else they are copied so, with zeros up to the values
 * that are multiplied at a time. Those of which two are multiplied together are always copied, in pairs.
 */
public final class PairedHalvesNativeCompute extends PackedRowsCompute {
    private final LhsFormat lhsFormat;

    /**
     * Computes by machine code, in blocks that fit the caches of {@code host}.
     *
     * @param function has the tiles of {@code family}
     */
    public PairedHalvesNativeCompute(NativeFunction function, PanelFamily family, Host host, Tuning tuning) {
        super(function, family, host, tuning);
        this.lhsFormat = LhsFormat.of(family.lhs());
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        lhsFormat.require("lhs", lhs);
        resultFormat().require("dst", dst);
    }

    @Override
    Optional<Matrix.Segment> asTheyLie(Product product, int row, int rows) {
        return product.lhs() instanceof Matrix.Segment lhs
                        && product.k() % lhsLayout().step() == 0
                        && takes(lhs, rows)
                ? Optional.of(lhs)
                : Optional.empty();
    }

    /** Outer products read a row once, when they group it. */
    private boolean takes(Matrix.Segment lhs, int rows) {
        return switch (rowGroups()) {
            case SINGLE, ROUNDED_UP -> rows % (rowGroups().readBeyond() + 1) == 0 && isAtLines(lhs);
            case PAIRS -> false;
            case TILES -> true;
        };
    }

    /** Tile registers read all of their rows, each from line to line. */
    private static boolean isAtLines(Matrix.Segment lhs) {
        return (lhs.data().address() + lhs.offset() * Short.BYTES) % RowSpacing.LINE == 0
                && lhs.rowStride() * Short.BYTES % RowSpacing.LINE == 0
                && !RowSpacing.meets(lhs.rowStride() * Short.BYTES);
    }

    /** Those of tiles that have more than one. */
    @Override
    long groupedBytes(Product product, int rows) {
        return switch (rowGroups()) {
            case SINGLE, ROUNDED_UP, PAIRS -> 0;
            case TILES -> rows > 1 ? rows * lhsLayout().values(product.rhs()) : 0;
        };
    }

    @Override
    void prepare(Product product, int row, int rows, ArgumentBlock arguments, MemorySegment to) {
        switch (rowGroups()) {
            case SINGLE, ROUNDED_UP, TILES -> copy(product, row, rows, to);
            case PAIRS ->
                RowPairs.copy(product.lhs(), row, rows, to, lhsLayout().stride(product.rhs()));
        }
    }

    private void copy(Product product, int row, int rows, MemorySegment to) {
        final int k = product.k();
        final long stride = lhsLayout().stride(product.rhs());
        final long values = (long) k * Short.BYTES;
        final long zeros = lhsLayout().values(product.rhs()) - values;
        for (int i = 0; i < rows; i++) {
            ElementCopy.copy(
                    product.lhs(),
                    product.lhs().offset() + (row + i) * product.lhs().rowStride(),
                    k,
                    to,
                    i * stride);
            to.asSlice(i * stride + values, zeros).fill((byte) 0);
        }
    }

    @Override
    void putBounds(ArgumentBlock arguments, Product product) {
        arguments.putFloat(NativeArguments.CLAMP_MIN, product.clampMin());
        arguments.putFloat(NativeArguments.CLAMP_MAX, product.clampMax());
    }
}
