package dev.tilesmith.bench.peer;

import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A primitive and all of its operands. Attributes are set first; then the primitive is described with them; then operands are given
 * their memory.
 */
final class OneDnnCall {
    private final MemorySegment engine = OneDnn.engine();
    private final MemorySegment stream = OneDnn.stream(engine);
    private final MemorySegment attributes = OneDnn.attributes();
    private final Arena arena = HugePageArena.in(Arena.ofAuto());
    private final List<OneDnn.Argument> operands = new ArrayList<>();

    /** oneDNN has addresses alone: without this, memory of collected arenas would be given back. */
    private final List<MemorySegment> kept = new ArrayList<>();

    /** The engine that the primitive is described for. */
    MemorySegment engine() {
        return engine;
    }

    /** The attributes that it is described with. */
    MemorySegment attributes() {
        return attributes;
    }

    /** One scale and one zero point for all of an operand, both read in every run. */
    void steps(int operand, Steps steps) {
        OneDnn.setScales(attributes, operand, OneDnn.FOR_ALL);
        OneDnn.setZeroPoints(attributes, operand, OneDnn.FOR_ALL);
        row(OneDnn.ARG_SCALES | operand, 1, OneDnn.F32, steps.scale);
        row(OneDnn.ARG_ZERO_POINTS | operand, 1, OneDnn.S32, steps.zeroPoint);
    }

    /** Scales of weights, one for each index of the dimensions that the mask has. */
    void weightScales(int mask, float[] scales) {
        OneDnn.setScales(attributes, OneDnn.ARG_WEIGHTS, mask);
        row(
                OneDnn.ARG_SCALES | OneDnn.ARG_WEIGHTS,
                scales.length,
                OneDnn.F32,
                arena.allocateFrom(ValueLayout.JAVA_FLOAT, scales));
    }

    private void row(int which, long length, int type, MemorySegment values) {
        operand(which, OneDnn.rowDescription(length, type), values);
    }

    /** An operand where the caller has it. */
    void operand(int which, MemorySegment description, MemorySegment data) {
        kept.add(data);
        operands.add(new OneDnn.Argument(which, OneDnn.memory(engine, description, data)));
    }

    /** Weights, copied to the layout that the primitive chose. */
    void weights(MemorySegment primitiveDescription, MemorySegment plain, MemorySegment values) {
        final MemorySegment chosen = OneDnn.query(primitiveDescription, OneDnn.QUERY_WEIGHTS);
        final MemorySegment room = arena.allocate(OneDnn.size(chosen), 64);
        final MemorySegment memory = OneDnn.memory(engine, chosen, room);
        final MemorySegment copy = OneDnn.primitive(OneDnn.reorderDescription(engine, plain, chosen));
        final MemorySegment both = OneDnn.arguments(
                arena,
                new OneDnn.Argument(OneDnn.ARG_SRC, OneDnn.memory(engine, plain, values)),
                new OneDnn.Argument(OneDnn.ARG_DST, memory));
        OneDnn.execute(copy, stream, 2, both);
        operands.add(new OneDnn.Argument(OneDnn.ARG_WEIGHTS, memory));
    }

    /** Memory that lives as long as this. */
    MemorySegment copied(byte[] values) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, values);
    }

    /** The primitive, which has all of its operands: runs it to its end. */
    Runnable ready(MemorySegment primitiveDescription) {
        final MemorySegment primitive = OneDnn.primitive(primitiveDescription);
        final MemorySegment arguments = OneDnn.arguments(arena, operands.toArray(OneDnn.Argument[]::new));
        return () -> OneDnn.execute(primitive, stream, operands.size(), arguments);
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
}
