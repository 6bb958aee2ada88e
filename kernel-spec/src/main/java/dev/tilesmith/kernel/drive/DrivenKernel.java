package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.memory.Overlap;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * A kernel that checks its operands, splits the output among threads, and leaves the computing to a family's generated
 * code. Generated kernel classes extend it and add nothing.
 */
public abstract class DrivenKernel extends Driven implements MatMulKernel {
    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     */
    protected DrivenKernel(Lineup lineup, boolean clamps) {
        super(lineup, clamps, OperandNames.PRODUCT);
    }

    @Override
    public final PackedRhs packRhs(Weights weights, PackOptions options) {
        return families().pack(weights, options);
    }

    @Override
    public final PackedRhs mapRhs(Path path, Arena arena, FileCheck check) throws IOException {
        return families().map(path, arena, check);
    }

    @Override
    public final void run(Matrix lhs, PackedRhs packed, Matrix dst, RunOptions options) {
        final PackedPanels rhs = PackedPanels.of(packed);
        final ProductCompute compute = families().of(rhs, Portion.rows(options, dst));
        final Product product = checked(compute, lhs, rhs, dst, options);
        if (product.rows() == 0 || product.columns() == 0) {
            return;
        }
        final int threads =
                options.parallelism() == 1 ? 1 : WorkSplit.threads(product, compute.splitting(), options.parallelism());
        try {
            if (options.finiteRows()) {
                FiniteRows.check(product, LhsFormat.of(compute.family().lhs()));
            }
            if (threads == 1) {
                compute.run(product);
            } else {
                WorkSplit.of(product, compute.family(), compute.splitting(), threads)
                        .run(compute, options);
            }
        } catch (IllegalStateException e) {
            throw Access.explain(e, OperandNames.PRODUCT, lhs, packed, dst);
        }
    }

    private Product checked(ProductCompute compute, Matrix lhs, PackedPanels rhs, Matrix dst, RunOptions options) {
        if (lhs.columns() != rhs.k()) {
            throw new IllegalArgumentException(
                    "lhs: rows of " + lhs.columns() + " values; expected k = " + rhs.k() + " as in the packed weights");
        }
        if (dst.columns() != rhs.n() || dst.rows() != lhs.rows()) {
            throw new IllegalArgumentException("dst: " + dst.rows() + " x " + dst.columns() + "; expected m x n = "
                    + lhs.rows() + " x " + rhs.n());
        }
        families().checkBounds(options);
        compute.check(lhs, dst);
        compute.checkOptions(options);
        Access.check(OperandNames.PRODUCT, lhs, rhs, dst, options.parallelism());
        Overlap.check(OperandNames.PRODUCT, lhs, rhs, dst);
        final Portion portion = Portion.of(options, dst);
        return Product.of(lhs, rhs, dst, portion, options);
    }
}
