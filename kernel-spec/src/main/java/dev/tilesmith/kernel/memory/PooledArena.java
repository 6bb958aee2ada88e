package dev.tilesmith.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Memory of a pool for as long as one thread's part of a call takes, for what takes its memory from an arena. It is not cleared. */
public final class PooledArena implements Arena {
    private final ScratchPool pool;
    private final List<MemorySegment> borrowed = new ArrayList<>();

    /** Memory of {@code pool}. */
    public PooledArena(ScratchPool pool) {
        this.pool = pool;
    }

    /** Memory aligned to 64 bytes, which is all that is asked for here. */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        final MemorySegment segment = pool.borrow(byteSize);
        borrowed.add(segment);
        return segment.asSlice(0, byteSize, byteAlignment);
    }

    /** A pool's memory outlives every call. */
    @Override
    public MemorySegment.Scope scope() {
        return Arena.global().scope();
    }

    @Override
    public void close() {
        borrowed.forEach(pool::giveBack);
        borrowed.clear();
    }
}
