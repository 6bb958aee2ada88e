package dev.tilesmith.fuzz;

import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.PackedRhs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Packed weights that were brought elsewhere, as by whoever keeps them in memory of its own. */
final class Panels {
    private final Draw draw;
    private final Oracle oracle;
    private final Memory memory;

    /** Where they are. */
    private enum Kind {
        GUARDED,
        READ_ONLY,
        MISALIGNED,
        ON_THE_HEAP,
        ANOTHER_THREADS,
        CLOSED
    }

    Panels(Draw draw, Oracle oracle, Memory memory) {
        this.draw = draw;
        this.oracle = oracle;
        this.memory = memory;
    }

    /** The same weights somewhere; seldom where they are of no use. */
    PackedRhs moved(PackedRhs packed) {
        final Kind kind = draw.note("panels", draw.oneIn(6) ? draw.of(Kind.values()) : Kind.GUARDED);
        final MemorySegment data = packed.data();
        final long bytes = data.byteSize();
        return switch (kind) {
            case GUARDED -> at(packed, memory.guarded(bytes).copyFrom(data));
            case READ_ONLY -> at(packed, memory.guarded(bytes).copyFrom(data).asReadOnly());
            case MISALIGNED ->
                at(
                        packed,
                        memory.arena()
                                .allocate(bytes + 8)
                                .asSlice(draw.between(1, 8), bytes)
                                .copyFrom(data));
            case ON_THE_HEAP -> {
                oracle.fault("data", "array");
                yield at(packed, MemorySegment.ofArray(new byte[(int) bytes]).copyFrom(data));
            }
            case ANOTHER_THREADS -> {
                final MemorySegment others = Memory.ofAnotherThread();
                if (bytes > others.byteSize()) {
                    yield packed;
                }
                oracle.fault("rhs", "another thread");
                yield at(packed, others.asSlice(0, bytes));
            }
            case CLOSED -> {
                oracle.fault("rhs", "closed");
                try (Arena gone = Arena.ofConfined()) {
                    yield at(packed, gone.allocate(bytes));
                }
            }
        };
    }

    private static PackedRhs at(PackedRhs packed, MemorySegment data) {
        return new PackedPanels(PackedPanels.of(packed).layout(), packed.n(), packed.k(), packed.blockLength(), data);
    }
}
