package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.Overlap;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packed.PackedReader;
import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.runtime.FileCheck;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackOptions;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.io.IOException;
import java.io.NotSerializableException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A kernel that checks its operands, splits the output among threads, and leaves the computing to a family's generated
 * code. Generated kernel classes extend it and add nothing.
 */
public abstract class DrivenKernel implements MatMulKernel {
    private final Lineup lineup;
    private final boolean clamps;

    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     */
    protected DrivenKernel(Lineup lineup, boolean clamps) {
        this.lineup = lineup;
        this.clamps = clamps;
    }

    @Override
    public final PanelFamily family() {
        return lineup.family();
    }

    @Override
    public final PackedRhs packRhs(Weights weights, PackOptions options) {
        try {
            final Compute packer = lineup.packer(weights, options.expectedRows());
            final Packing packing = new Packing(options.arena(), options.executor(), options.threads())
                    .inParts(packer.splitting().partsPerThread());
            return packer.pack(weights, packing).of(packer.family());
        } catch (IllegalStateException e) {
            throw Access.explain(e, weights, options.arena());
        }
    }

    @Override
    public final PackedRhs mapRhs(Path path, Arena arena, FileCheck check) throws IOException {
        return PackedReader.map(path, lineup.packings(), arena, check);
    }

    @Override
    public final void run(Matrix lhs, PackedRhs packed, Matrix dst, RunOptions options) {
        final PackedPanels rhs = PackedPanels.of(packed);
        final Compute compute = lineup.of(rhs, rows(dst, options));
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
            throw Access.explain(e, lhs, packed, dst);
        }
    }

    private static int rows(Matrix dst, RunOptions options) {
        return options.rows() < 0 ? dst.rows() - options.firstRow() : options.rows();
    }

    private Product checked(Compute compute, Matrix lhs, PackedPanels rhs, Matrix dst, RunOptions options) {
        if (lhs.columns() != rhs.k()) {
            throw new IllegalArgumentException(
                    "lhs: rows of " + lhs.columns() + " values; expected k = " + rhs.k() + " as in the packed weights");
        }
        if (dst.columns() != rhs.n() || dst.rows() != lhs.rows()) {
            throw new IllegalArgumentException("dst: " + dst.rows() + " x " + dst.columns() + "; expected m x n = "
                    + lhs.rows() + " x " + rhs.n());
        }
        if (options.clamped() && !clamps) {
            throw new IllegalArgumentException(
                    "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results");
        }
        compute.check(lhs, dst);
        compute.checkOptions(options);
        Access.check(lhs, rhs, dst, options.parallelism());
        Overlap.check(lhs, rhs, dst);
        final int rows = rows(dst, options);
        final int columns = options.columns() < 0 ? dst.columns() - options.firstColumn() : options.columns();
        checkPortion("rows", options.firstRow(), rows, dst.rows());
        checkPortion("columns", options.firstColumn(), columns, dst.columns());
        return new Product(
                lhs,
                rhs,
                dst,
                options.firstRow(),
                options.firstRow() + rows,
                options.firstColumn(),
                options.firstColumn() + columns,
                options.clampMin(),
                options.clampMax());
    }

    private static void checkPortion(String what, int first, int count, int size) {
        if (first < 0 || count < 0 || first > size - count) {
            throw new IllegalArgumentException(
                    what + ": " + count + " from " + first + "; the output has " + size + " " + what);
        }
    }

    /**
     * Refuses to serialize a kernel, whose interface may be {@code Serializable}: it is of this CPU and this JVM, and what
     * would be read elsewhere could not run.
     *
     * @throws NotSerializableException always
     */
    @SuppressWarnings("DoNotCallSuggester") // serialization calls it
    protected final Object writeReplace() throws NotSerializableException {
        throw new NotSerializableException(
                getClass().getName() + ": a kernel belongs to the CPU and the JVM that it was"
                        + " chosen for; get one from the table of its declaration where it is to run");
    }

    @Override
    public final String toString() {
        return Objects.toString(family());
    }
}
