package dev.tilesmith.kernel.packing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gives memory that is full of ones: what a packer does not write shows. */
final class DirtyArena implements Arena {
    private final Arena arena = Arena.ofAuto();

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        return arena.allocate(byteSize, byteAlignment).fill((byte) 0xff);
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("close");
    }
}
