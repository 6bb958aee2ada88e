package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.RunOptions;
import java.io.NotSerializableException;

/**
 * Products of matrices that come in pairs: it checks them, packs right operands into memory of a pool, splits the work among
 * threads, and leaves the computing to a family's generated code. Generated kernel classes extend it and add nothing.
 */
public abstract class DrivenBatchMatMul implements BatchMatMulKernel {
    private final DrivenFamilies families;
    private final ScratchPool pool = new ScratchPool();

    /**
     * A kernel that computes by the families of {@code lineup}.
     *
     * @param lineup the families' code
     * @param clamps whether the declaration allows bounds on results
     */
    protected DrivenBatchMatMul(Lineup lineup, boolean clamps) {
        this.families = new DrivenFamilies(lineup, clamps);
    }

    @Override
    public final PanelFamily family() {
        return families.family();
    }

    @Override
    public final void run(MatrixBatch lhs, MatrixBatch rhs, MatrixBatch dst, RunOptions options) {
        new BatchProduct(families, BatchOperands.of(lhs, rhs, dst), options, pool).run();
    }

    /**
     * Refuses to serialize a kernel, whose interface may be {@code Serializable}: it is of this CPU and this JVM, and what
     * would be read elsewhere could not run.
     *
     * @throws NotSerializableException always
     */
    @SuppressWarnings("DoNotCallSuggester") // serialization calls it
    protected final Object writeReplace() throws NotSerializableException {
        throw DrivenFamilies.notSerializable(getClass());
    }

    @Override
    public final String toString() {
        return families.toString();
    }
}
