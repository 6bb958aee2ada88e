package dev.tilesmith.kernel.memory;

import dev.tilesmith.code.AnonymousPages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Off-heap memory that calls borrow, so that a call neither allocates nor zeroes. There is as much of it as calls under way at
 * one time had borrowed; of what is idle the next garbage collection gives back all but small pieces. It counts against no limit
 * of the JVM's ({@link AnonymousPages}).
 *
 * <p>What is too large to be kept is the JVM's, which counts it, and so frees it in time.
 */
public final class ScratchPool {
    /** Sizes are powers of two, from this on: a page. */
    private static final int SMALLEST = 12;

    /** So much is kept while it is idle: a call that wants no more takes microseconds, which mapping would double. */
    private static final int KEPT = 16;

    /** More than this no call borrows, unless K is so long that one tile's rows take more. */
    private static final int LARGEST = 22;

    private final List<Idle<MemorySegment>> small = idle(SMALLEST, KEPT);
    private volatile WeakReference<List<Idle<MemorySegment>>> large = new WeakReference<>(idle(KEPT + 1, LARGEST));

    /** At least {@code bytes} bytes, aligned to 64, of any content. */
    public MemorySegment borrow(long bytes) {
        final int size = Math.max(SMALLEST, Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, bytes) - 1));
        if (size > LARGEST) {
            return Arena.ofAuto().allocate(bytes, 64);
        }
        return idle(size).take();
    }

    private static MemorySegment allocate(long bytes) {
        return AnonymousPages.ofSystem().flatMap(pages -> pages.map(bytes)).orElseGet(() -> Arena.ofAuto()
                .allocate(bytes, 64));
    }

    /** Returns what was borrowed. */
    public void giveBack(MemorySegment scratch) {
        if (scratch.byteSize() <= 1L << LARGEST) {
            idle(Long.numberOfTrailingZeros(scratch.byteSize())).add(scratch);
        }
    }

    private Idle<MemorySegment> idle(int size) {
        return size <= KEPT ? small.get(size - SMALLEST) : large().get(size - KEPT - 1);
    }

    private List<Idle<MemorySegment>> large() {
        final List<Idle<MemorySegment>> found = large.get();
        if (found != null) {
            return found;
        }
        final List<Idle<MemorySegment>> empty = idle(KEPT + 1, LARGEST);
        large = new WeakReference<>(empty);
        return empty;
    }

    private static List<Idle<MemorySegment>> idle(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(size -> new Idle<>(() -> allocate(1L << size)))
                .toList();
    }
}
