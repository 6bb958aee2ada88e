package dev.tilesmith.sweep.stand;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.target.TargetTraits;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.Family;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.measure.WarmUp;
import dev.tilesmith.sweep.operand.Formats;
import dev.tilesmith.sweep.operand.Operands;
import dev.tilesmith.sweep.operand.PackedCopies;
import dev.tilesmith.sweep.plan.Candidate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Kernels of a table over the same operands; those that read weights packed in one way read the same memory. */
public final class KernelStand implements Stand {
    /** Enough rows and panels of a product to have all of its Java code compiled, which is slow before. */
    private static final int ROWS_TO_COMPILE = 16;

    private static final int PANELS_TO_COMPILE = 4;

    private final DispatchTable<? extends MatMulKernel> table;
    private final SweptShape shape;
    private final RunOptions options;
    private final Operands operands;
    private final Arena arena = Arena.ofShared();
    private final Map<PanelLayout, PackedCopies> packed = new LinkedHashMap<>();

    /** By the target whose order sums are in; by none those that are reproducible. */
    private final Map<Optional<Target>, First> firsts = new HashMap<>();

    /**
     * What the first candidate computed, of those whose bits are the same.
     *
     * @param candidate which it was
     * @param result its bytes
     */
    private record First(String candidate, MemorySegment result) {}

    KernelStand(DispatchTable<? extends MatMulKernel> table, Formats formats, SweptShape shape, RunOptions options) {
        this.table = table;
        this.shape = shape;
        this.options = options;
        this.operands = Operands.random(formats, shape);
    }

    @Override
    public Runnable ready(Candidate candidate) {
        final MatMulKernel kernel = kernel(candidate);
        final PackedCopies weights = packed.computeIfAbsent(
                PanelFamily.of(kernel.family()).layout(), _ -> PackedCopies.of(kernel, operands.weights(), shape));
        return ready(candidate.toString(), kernel, weights);
    }

    /**
     * One product of a kernel that was chosen by its table: it packs as it likes best for such products, and then reads the
     * memory of the candidates that are packed alike.
     */
    public Runnable ready(MatMulKernel kernel) {
        final PackedCopies liked = PackedCopies.of(kernel, operands.weights(), shape);
        final PackedCopies shared = packed.computeIfAbsent(liked.layout(), _ -> liked);
        if (shared != liked) {
            liked.close();
        }
        return ready("the chosen kernel", kernel, shared);
    }

    private Runnable ready(String candidate, MatMulKernel kernel, PackedCopies weights) {
        compile(kernel, weights);
        check(candidate, kernel, weights);
        final Runnable work = () -> kernel.run(operands.lhs(), weights.next(), operands.dst(), options);
        WarmUp.BRIEF.untilCalm(work);
        return work;
    }

    private MatMulKernel kernel(Candidate candidate) {
        try {
            return table.kernel(candidate.variant(), candidate.tuning());
        } catch (IllegalStateException e) {
            throw new UnfitException(candidate + ": " + e.getMessage(), e);
        }
    }

    private void compile(MatMulKernel kernel, PackedCopies weights) {
        switch (TargetTraits.of(kernel.family().target())) {
            case TargetTraits.MachineCode _ -> {}
            case TargetTraits.Scalar _, TargetTraits.Vectors _ -> {
                final int rows = Math.min(shape.m(), ROWS_TO_COMPILE);
                final int columns =
                        Math.min(shape.n(), PANELS_TO_COMPILE * kernel.family().nr());
                final RunOptions part = RunOptions.DEFAULT.rows(0, rows).columns(0, columns);
                WarmUp.BRIEF.untilCalm(() -> kernel.run(operands.lhs(), weights.next(), operands.dst(), part));
            }
        }
    }

    private void check(String candidate, MatMulKernel kernel, PackedCopies weights) {
        operands.result().fill((byte) -1);
        kernel.run(operands.lhs(), weights.next(), operands.dst(), options);
        final First first = firsts.computeIfAbsent(order(kernel.family()), _ -> first(candidate));
        final long differs = first.result().mismatch(operands.result());
        if (differs >= 0) {
            throw new OtherBitsException(candidate + ": at " + shape + " byte " + differs
                    + " of the result is not that of " + first.candidate());
        }
    }

    private First first(String candidate) {
        final MemorySegment kept = arena.allocate(operands.result().byteSize());
        return new First(candidate, kept.copyFrom(operands.result()));
    }

    private static Optional<Target> order(Family family) {
        return switch (family.numerics()) {
            case REPRODUCIBLE -> Optional.empty();
            case FAST -> Optional.of(family.target());
        };
    }

    @Override
    public long weightBytes() {
        return packed.values().stream()
                .findFirst()
                .map(PackedCopies::bytes)
                .orElseThrow(() -> new IllegalStateException("weights: none packed yet; expected a candidate first"));
    }

    @Override
    public void close() {
        packed.values().forEach(PackedCopies::close);
        arena.close();
        operands.close();
    }
}
