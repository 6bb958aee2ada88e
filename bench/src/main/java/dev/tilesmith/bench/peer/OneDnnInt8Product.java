package dev.tilesmith.bench.peer;

import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * oneDNN's matmul primitive on unsigned bytes by signed ones: one scale and one zero point for all activations; weights
 * reordered once to the layout that it asks for, with a scale for each column; results in f32, or in unsigned bytes with
 * a scale and a zero point.
 */
final class OneDnnInt8Product {
    private final MemorySegment engine = OneDnn.engine();
    private final MemorySegment stream = OneDnn.stream(engine);
    private final Arena arena = HugePageArena.in(Arena.ofAuto());
    private final List<OneDnn.Argument> operands = new ArrayList<>();
    private final MemorySegment primitive;
    private final MemorySegment arguments;

    /**
     * Prepares a product.
     *
     * @param lhs m × k unsigned bytes, and what they stand for, both read in every run
     * @param dst m × n results, and what they stand for if they are bytes
     */
    OneDnnInt8Product(Shape shape, Source lhs, ChannelWeights weights, Result dst) {
        final MemorySegment attributes = OneDnn.attributes();
        tensorSteps(attributes, OneDnn.ARG_SRC, lhs.steps());
        final MemorySegment scales = arena.allocateFrom(ValueLayout.JAVA_FLOAT, weights.scales());
        OneDnn.setScales(attributes, OneDnn.ARG_WEIGHTS, OneDnn.FOR_EACH_COLUMN);
        operands.add(new OneDnn.Argument(OneDnn.ARG_SCALES | OneDnn.ARG_WEIGHTS, row(shape.n(), OneDnn.F32, scales)));
        int dstType = OneDnn.F32;
        if (dst instanceof Result.Bytes(MemorySegment _, Steps steps)) {
            tensorSteps(attributes, OneDnn.ARG_DST, steps);
            dstType = OneDnn.U8;
        }
        final MemorySegment srcRows = OneDnn.description(shape.m(), shape.k(), OneDnn.U8, OneDnn.ROWS);
        final MemorySegment any = OneDnn.description(shape.k(), shape.n(), OneDnn.S8, OneDnn.ANY);
        final MemorySegment dstRows = OneDnn.description(shape.m(), shape.n(), dstType, OneDnn.ROWS);
        final MemorySegment description = OneDnn.matMulDescription(engine, srcRows, any, dstRows, attributes);
        operands.add(new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, srcRows, lhs.data())));
        operands.add(new OneDnn.Argument(OneDnn.ARG_WEIGHTS, reordered(description, weights)));
        operands.add(new OneDnn.Argument(OneDnn.ARG_DST, OneDnn.memory(engine, dstRows, dst.data())));
        this.primitive = OneDnn.primitive(description);
        this.arguments = OneDnn.arguments(arena, operands.toArray(OneDnn.Argument[]::new));
    }

    private void tensorSteps(MemorySegment attributes, int operand, Steps steps) {
        OneDnn.setScales(attributes, operand, OneDnn.FOR_ALL);
        OneDnn.setZeroPoints(attributes, operand, OneDnn.FOR_ALL);
        operands.add(new OneDnn.Argument(OneDnn.ARG_SCALES | operand, row(1, OneDnn.F32, steps.scale)));
        operands.add(new OneDnn.Argument(OneDnn.ARG_ZERO_POINTS | operand, row(1, OneDnn.S32, steps.zeroPoint)));
    }

    private MemorySegment row(long length, int type, MemorySegment values) {
        return OneDnn.memory(engine, OneDnn.rowDescription(length, type), values);
    }

    private MemorySegment reordered(MemorySegment description, ChannelWeights weights) {
        final MemorySegment chosen = OneDnn.query(description, OneDnn.QUERY_WEIGHTS);
        final MemorySegment room = arena.allocate(OneDnn.size(chosen), 64);
        final MemorySegment memory = OneDnn.memory(engine, chosen, room);
        // Our n x k rows are the columns of oneDNN's k x n matrix.
        final MemorySegment plain = OneDnn.description(weights.k(), weights.n(), OneDnn.S8, OneDnn.COLUMNS);
        final MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_BYTE, weights.values());
        final MemorySegment copy = OneDnn.primitive(OneDnn.reorderDescription(engine, plain, chosen));
        final MemorySegment both = OneDnn.arguments(
                arena,
                new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, plain, values)),
                new OneDnn.Argument(OneDnn.ARG_DST, memory));
        OneDnn.execute(copy, stream, 2, both);
        return memory;
    }

    /** Multiplies once. */
    void run() {
        OneDnn.execute(primitive, stream, operands.size(), arguments);
    }

    /** A scale and a zero point, where oneDNN reads them. */
    static final class Steps {
        private final MemorySegment scale = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT);
        private final MemorySegment zeroPoint = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

        Steps set(float newScale, int newZeroPoint) {
            scale.set(ValueLayout.JAVA_FLOAT, 0, newScale);
            zeroPoint.set(ValueLayout.JAVA_INT, 0, newZeroPoint);
            return this;
        }
    }

    /** Unsigned bytes and what they stand for. */
    record Source(MemorySegment data, Steps steps) {}

    /** Where results go. */
    sealed interface Result {
        MemorySegment data();

        /** Floats. */
        record Floats(MemorySegment data) implements Result {}

        /** Unsigned bytes and what they stand for. */
        record Bytes(MemorySegment data, Steps steps) implements Result {}
    }
}
