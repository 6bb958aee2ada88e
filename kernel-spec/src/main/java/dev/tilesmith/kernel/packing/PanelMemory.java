package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.memory.Access;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory for panels, of an arena that may be anybody's: packers in machine code would write beyond what is less than asked. */
final class PanelMemory {
    /** Bytes of a cache line, which panels are whole ones of. */
    private static final long ALIGNMENT = 64;

    private PanelMemory() {}

    /**
     * Memory of {@code bytes} bytes, which {@code threads} threads may write.
     *
     * @throws IllegalArgumentException if the arena is closed or another thread's, or gives less than it is asked for, or
     *     what cannot be written
     */
    static MemorySegment of(Arena arena, long bytes, int threads) {
        Access.checkOpen(arena);
        final MemorySegment data = allocate(arena, bytes);
        if (data == null) { // Arena may be implemented by anybody
            throw new IllegalArgumentException("arena: gave null; expected " + bytes + " bytes");
        }
        if (!data.isNative()) {
            throw new IllegalArgumentException(
                    "arena: gave a segment over a Java array; expected memory outside the heap");
        }
        if (data.byteSize() < bytes) {
            throw new IllegalArgumentException("arena: gave " + data.byteSize() + " bytes; expected " + bytes);
        }
        if (data.address() % ALIGNMENT != 0) {
            throw new IllegalArgumentException("arena: gave memory at address 0x" + Long.toHexString(data.address())
                    + "; expected a multiple of " + ALIGNMENT);
        }
        if (data.isReadOnly()) {
            throw new IllegalArgumentException("arena: gave a read-only segment; expected one that can be written");
        }
        Access.check("arena", data, threads);
        return data.asSlice(0, bytes);
    }

    private static MemorySegment allocate(Arena arena, long bytes) {
        try {
            return arena.allocate(bytes, ALIGNMENT);
        } catch (WrongThreadException e) {
            throw Access.explain(e);
        }
    }
}
