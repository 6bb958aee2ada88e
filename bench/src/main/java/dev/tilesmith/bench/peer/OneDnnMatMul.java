package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.HalfWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.lang.foreign.MemorySegment;

/** oneDNN's matmul primitive: rows in and out as the caller has them, weights in the layout that it asks for. */
final class OneDnnMatMul implements Prepared {
    private final Operands operands;
    private final Runnable product;

    /**
     * What is multiplied.
     *
     * @param type of both, as oneDNN calls it
     * @param lhs m × k activations
     * @param weights n × k
     */
    private record Inputs(int type, MemorySegment lhs, MemorySegment weights) {}

    /** On f32. */
    OneDnnMatMul(Operands operands) {
        this(operands, new Inputs(OneDnn.F32, operands.lhs(), operands.weights()));
    }

    /** On activations and weights of sixteen bits, to f32. */
    static OneDnnMatMul ofHalves(Operands operands) {
        final HalfWeights weights = operands.halfWeights();
        final int type =
                switch (weights.type()) {
                    case F16 -> OneDnn.F16;
                    case BF16 -> OneDnn.BF16;
                };
        return new OneDnnMatMul(operands, new Inputs(type, operands.halfRows(), weights.bytes()));
    }

    private OneDnnMatMul(Operands operands, Inputs inputs) {
        final Shape shape = operands.shape();
        final OneDnnCall call = new OneDnnCall();
        final MemorySegment src = OneDnn.description(shape.m(), shape.k(), inputs.type(), OneDnn.ROWS);
        final MemorySegment any = OneDnn.description(shape.k(), shape.n(), inputs.type(), OneDnn.ANY);
        final MemorySegment dst = OneDnn.description(shape.m(), shape.n(), OneDnn.F32, OneDnn.ROWS);
        final MemorySegment description = OneDnn.matMulDescription(call.engine(), src, any, dst, call.attributes());
        call.operand(OneDnn.ARG_SRC, src, inputs.lhs());
        // Our n x k rows are the columns of oneDNN's k x n matrix.
        final MemorySegment plain = OneDnn.description(shape.k(), shape.n(), inputs.type(), OneDnn.COLUMNS);
        call.weights(description, plain, inputs.weights());
        call.operand(OneDnn.ARG_DST, dst, operands.dst());
        this.operands = operands;
        this.product = call.ready(description);
    }

    @Override
    public void run() {
        product.run();
    }

    @Override
    public MemorySegment result() {
        return operands.dst();
    }

    @Override
    public String variant() {
        return "matmul, weights reordered";
    }
}
