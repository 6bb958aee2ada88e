package dev.tilesmith.sweep.stand;

import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.operand.Formats;
import dev.tilesmith.sweep.plan.Candidate;
import dev.tilesmith.sweep.plan.Candidates;
import java.util.List;

/** The kernels of a table. */
public final class KernelStands implements Stands {
    private final DispatchTable<? extends MatMulKernel> table;
    private final Formats formats;
    private final Candidates candidates;
    private final RunOptions options;

    /** Kernels of a table, that run as {@code options} say. */
    public KernelStands(DispatchTable<? extends MatMulKernel> table, RunOptions options) {
        this.table = table;
        this.candidates = Candidates.of(table);
        this.formats = Formats.of(candidates.families().getFirst());
        this.options = options;
    }

    /** What is multiplied. */
    public Formats formats() {
        return formats;
    }

    @Override
    public List<Candidate> candidates(SweptShape shape) {
        return candidates.forRows(shape.m());
    }

    @Override
    public KernelStand open(SweptShape shape) {
        return new KernelStand(table, formats, shape, options);
    }
}
