package dev.tilesmith.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap memory that calls borrow, so that a call neither allocates nor zeroes. A call that finds nothing to borrow
 * allocates; what comes back to a full pool is left to the garbage collector.
 */
final class ScratchPool {
    private static final long SMALLEST = 1 << 12;

    private final AtomicReferenceArray<@Nullable MemorySegment> idle = new AtomicReferenceArray<>(16);

    /** At least {@code bytes} bytes, aligned to 64, of any content. */
    MemorySegment borrow(long bytes) {
        for (int i = 0; i < idle.length(); i++) {
            final MemorySegment found = idle.getAndSet(i, null);
            if (found != null) {
                if (found.byteSize() >= bytes) {
                    return found;
                }
                break; // too small: a larger one takes its place
            }
        }
        return Arena.ofAuto().allocate(Math.max(SMALLEST, bytes + bytes / 2), 64);
    }

    /** Returns what was borrowed. */
    void giveBack(MemorySegment scratch) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.compareAndSet(i, null, scratch)) {
                return;
            }
        }
    }
}
