package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;

/**
 * Whether the memory of a call may be read and written by the threads that would do so. Machine code asks nobody: what
 * the JVM would refuse it must be refused before.
 */
final class Access {
    private Access() {}

    /** Fails if an operand is closed, is another thread's, or is a result that cannot be written. */
    static void check(Matrix lhs, PackedRhs rhs, Matrix dst, int parallelism) {
        if (lhs instanceof Matrix.Segment from) {
            check("lhs", from.data(), parallelism);
        }
        check("rhs", rhs.data(), parallelism);
        if (dst instanceof Matrix.Segment to) {
            check("dst", to.data(), parallelism);
            if (to.data().isReadOnly()) {
                throw new IllegalArgumentException("dst: a read-only segment; expected one that can be written");
            }
        }
    }

    /** Fails if memory is closed, or one of so many threads could not use it. */
    static void check(String what, MemorySegment data, int parallelism) {
        if (!data.scope().isAlive()) {
            throw new IllegalArgumentException(what + ": its arena is closed; expected memory that is alive");
        }
        if (!data.isAccessibleBy(Thread.currentThread())) {
            throw new IllegalArgumentException(
                    what + ": confined to another thread than the calling one; expected memory"
                            + " of this thread, or of a shared or automatic arena");
        }
        if (parallelism > 1 && !data.isAccessibleBy(Nobody.THREAD)) {
            throw new IllegalArgumentException(what + ": confined to the calling thread, with parallelism "
                    + parallelism + "; expected memory of a shared or automatic arena, or parallelism 1");
        }
    }

    /** A thread that never runs stands for those of an executor. */
    private static final class Nobody {
        static final Thread THREAD = Thread.ofPlatform().unstarted(() -> {});

        private Nobody() {}
    }
}
