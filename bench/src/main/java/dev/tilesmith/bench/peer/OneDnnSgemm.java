package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;

/** {@code dnnl_sgemm}: row-major operands, both packed in every call. */
final class OneDnnSgemm implements Prepared {
    private final Shape shape;
    private final Operands operands;
    private final MemorySegment weights;

    OneDnnSgemm(Operands operands) {
        this.shape = operands.shape();
        this.operands = operands;
        this.weights = operands.weightsByK();
    }

    @Override
    public void run() {
        OneDnn.sgemm(shape.m(), shape.n(), shape.k(), operands.lhs(), weights, operands.dst());
    }

    @Override
    public MemorySegment result() {
        return operands.dst();
    }

    @Override
    public String variant() {
        return "sgemm";
    }
}
