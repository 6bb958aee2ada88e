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
 * lie, if all that is read there are values of theirs, at whole lines; else they are copied so, with zeros up to the values that are multiplied at a time.
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

    /** Tile registers read all of their rows, each from line to line. */
    @Override
    Optional<Matrix.Segment> asTheyLie(Product product, int row, int rows) {
        return product.lhs() instanceof Matrix.Segment lhs
                        && product.k() % lhsLayout().step() == 0
                        && rows % (rowGroups().readBeyond() + 1) == 0
                        && (lhs.data().address() + lhs.offset() * Short.BYTES) % RowSpacing.LINE == 0
                        && lhs.rowStride() * Short.BYTES % RowSpacing.LINE == 0
                        && !RowSpacing.meets(lhs.rowStride() * Short.BYTES)
                ? Optional.of(lhs)
                : Optional.empty();
    }

    @Override
    void prepare(Product product, int row, int rows, ArgumentBlock arguments, MemorySegment to) {
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
