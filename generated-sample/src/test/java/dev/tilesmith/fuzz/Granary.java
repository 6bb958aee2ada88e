package dev.tilesmith.fuzz;

import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Arenas for packed weights: as they should be, and such that give another segment than they were asked for. */
final class Granary {
    private final Draw draw;
    private final Oracle oracle;
    private final Memory memory;

    /** What an arena gives. */
    private enum Kind {
        PLAIN,
        AUTOMATIC,
        HUGE_PAGES,
        /** Memory that ends before a page that cannot be touched. */
        GUARDED,
        /** Memory that is not zero. */
        DIRTY,
        /** A part of a larger segment, after which something else lies. */
        SLICE,
        /** Less than it was asked for. */
        SHORT,
        /** More. */
        LONG,
        /** Not aligned as it was asked to. */
        MISALIGNED,
        /** An array. */
        HEAP,
        /** What cannot be written. */
        READ_ONLY,
        /** What is closed. */
        CLOSED
    }

    /** An arena in the place of another, that allocates otherwise. */
    private record Otherwise(Arena arena, Allocation allocation) implements Arena {
        @FunctionalInterface
        interface Allocation {
            MemorySegment of(long bytes, long alignment);
        }

        @Override
        public MemorySegment allocate(long byteSize, long byteAlignment) {
            return allocation.of(byteSize, byteAlignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException("another's");
        }
    }

    Granary(Draw draw, Oracle oracle, Memory memory) {
        this.draw = draw;
        this.oracle = oracle;
        this.memory = memory;
    }

    Arena draw() {
        final Kind[] sound = {
            Kind.PLAIN, Kind.PLAIN, Kind.GUARDED, Kind.GUARDED, Kind.DIRTY, Kind.SLICE, Kind.AUTOMATIC, Kind.HUGE_PAGES
        };
        final Kind kind = draw.note("arena", draw.oneIn(12) ? draw.of(Kind.values()) : draw.of(sound));
        final Arena arena = memory.arena();
        return switch (kind) {
            case PLAIN -> arena;
            case AUTOMATIC -> Arena.ofAuto();
            case HUGE_PAGES -> HugePageArena.in(arena);
            case GUARDED -> new Otherwise(arena, (bytes, _) -> memory.guarded(bytes));
            case DIRTY ->
                new Otherwise(arena, (bytes, alignment) -> arena.allocate(bytes, alignment)
                        .fill((byte) 0xa5));
            case SLICE ->
                new Otherwise(arena, (bytes, alignment) -> arena.allocate(bytes + 4096, alignment)
                        .asSlice(0, bytes));
            case SHORT -> {
                final int less = draw.of(1, 4, 63, 64);
                yield new Otherwise(arena, (bytes, alignment) -> {
                    wrong(bytes);
                    return arena.allocate(Math.max(0, bytes - less), alignment);
                });
            }
            case LONG -> new Otherwise(arena, (bytes, alignment) -> arena.allocate(bytes + 64, alignment));
            case MISALIGNED -> {
                oracle.fault("arena", "");
                final int by = draw.of(1, 2, 4, 16, 32);
                yield new Otherwise(arena, (bytes, alignment) -> arena.allocate(bytes + 64, alignment)
                        .asSlice(by, bytes));
            }
            case HEAP -> {
                oracle.fault("arena", "");
                yield new Otherwise(arena, (bytes, _) -> onHeap(bytes));
            }
            case READ_ONLY ->
                new Otherwise(arena, (bytes, alignment) -> {
                    wrong(bytes);
                    return arena.allocate(bytes, alignment).asReadOnly();
                });
            case CLOSED -> {
                oracle.fault("arena", "closed");
                final Arena gone = Arena.ofShared();
                gone.close();
                yield gone;
            }
        };
    }

    /** Where nothing is packed, nothing of the memory is used. */
    private void wrong(long bytes) {
        if (bytes > 0) {
            oracle.fault("arena", "");
        } else {
            oracle.doubt("arena", "");
        }
    }

    private static MemorySegment onHeap(long bytes) {
        final byte[] array = new byte[Math.toIntExact(bytes)];
        Arrays.fill(array, (byte) 0);
        return MemorySegment.ofArray(array);
    }
}
