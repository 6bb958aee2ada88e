package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.OperandNames;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.RunOptions;

/**
 * Products of matrices that come in pairs: it checks them, packs right operands into memory of a pool, splits the work among
 * threads, and leaves the computing to a family's generated code. Generated kernel classes extend it and add nothing.
 */
public abstract class DrivenBatchMatMul extends Driven implements BatchMatMulKernel {
    private final ScratchPool pool = new ScratchPool();

    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     */
    protected DrivenBatchMatMul(Lineup lineup, boolean clamps) {
        super(lineup, clamps, OperandNames.PRODUCT);
    }

    @Override
    public final void run(MatrixBatch lhs, MatrixBatch rhs, MatrixBatch dst, RunOptions options) {
        new BatchProduct(families(), BatchOperands.of(lhs, rhs, dst), options, pool).run();
    }
}
