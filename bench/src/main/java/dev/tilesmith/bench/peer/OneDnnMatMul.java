package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.HalfWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** oneDNN's matmul primitive: rows in and out as the caller has them, weights in the layout that it asks for. */
final class OneDnnMatMul implements Prepared {
    private static final int OPERANDS = 3;

    private final Operands operands;
    private final MemorySegment weights;
    private final MemorySegment primitive;
    private final MemorySegment stream;
    private final Arena arena = HugePageArena.in(Arena.ofAuto());
    private final MemorySegment arguments;

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
        this.operands = operands;
        final MemorySegment engine = OneDnn.engine();
        this.stream = OneDnn.stream(engine);
        final MemorySegment src = OneDnn.description(shape.m(), shape.k(), inputs.type(), OneDnn.ROWS);
        final MemorySegment any = OneDnn.description(shape.k(), shape.n(), inputs.type(), OneDnn.ANY);
        final MemorySegment dst = OneDnn.description(shape.m(), shape.n(), OneDnn.F32, OneDnn.ROWS);
        final MemorySegment description = OneDnn.matMulDescription(engine, src, any, dst, MemorySegment.NULL);
        final MemorySegment chosen = OneDnn.query(description, OneDnn.QUERY_WEIGHTS);
        this.weights = arena.allocate(OneDnn.size(chosen), 64);
        final MemorySegment weightMemory = OneDnn.memory(engine, chosen, weights);
        reorder(engine, chosen, weightMemory, inputs);
        this.primitive = OneDnn.primitive(description);
        this.arguments = OneDnn.arguments(
                arena,
                new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, src, inputs.lhs())),
                new OneDnn.Argument(OneDnn.ARG_WEIGHTS, weightMemory),
                new OneDnn.Argument(OneDnn.ARG_DST, OneDnn.memory(engine, dst, operands.dst())));
    }

    private void reorder(MemorySegment engine, MemorySegment chosen, MemorySegment weightMemory, Inputs inputs) {
        final Shape shape = operands.shape();
        // Our n x k rows are the columns of oneDNN's k x n matrix.
        final MemorySegment plain = OneDnn.description(shape.k(), shape.n(), inputs.type(), OneDnn.COLUMNS);
        final MemorySegment copy = OneDnn.primitive(OneDnn.reorderDescription(engine, plain, chosen));
        final MemorySegment both = OneDnn.arguments(
                arena,
                new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, plain, inputs.weights())),
                new OneDnn.Argument(OneDnn.ARG_DST, weightMemory));
        OneDnn.execute(copy, stream, 2, both);
    }

    @Override
    public void run() {
        OneDnn.execute(primitive, stream, OPERANDS, arguments);
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
