package dev.tilesmith.kernel.memory;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Whether the memory of a call may be read and written by the threads that would do so. Machine code asks nobody: what
 * the JVM would refuse it must be refused before. What is closed while a call is under way the JVM refuses in Java and
 * between two calls of machine code alike; while machine code runs it cannot be closed.
 */
public final class Access {
    private Access() {}

    /** Fails if an operand is closed, is another thread's, or is a result that cannot be written. */
    public static void check(OperandNames names, Matrix lhs, PackedRhs rhs, Matrix dst, int parallelism) {
        check(names.lhs(), lhs, parallelism);
        check(names.rhs(), rhs.data(), parallelism);
        checkResult(dst, parallelism);
    }

    /** Fails if an operand that is read is closed, or another thread's. */
    public static void check(String what, Matrix operand, int parallelism) {
        if (operand instanceof Matrix.Segment from) {
            check(what, from.data(), parallelism);
        }
    }

    /** Fails if a result is closed, another thread's, or cannot be written. */
    public static void checkResult(Matrix dst, int parallelism) {
        if (dst instanceof Matrix.Segment to) {
            check("dst", to.data(), parallelism);
            if (to.data().isReadOnly()) {
                throw new IllegalArgumentException("dst: a read-only segment; expected one that can be written");
            }
        }
    }

    /** Fails if an arena is closed. */
    public static void checkOpen(Arena arena) {
        if (!arena.scope().isAlive()) {
            throw new IllegalArgumentException("arena: closed; expected one that is open");
        }
    }

    /** Fails if memory is closed, or one of so many threads could not use it. */
    public static void check(String what, MemorySegment data, int parallelism) {
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

    /** Why a call has failed whose operands were alive when it began: one was closed since, or it is as {@code failure} says. */
    public static IllegalStateException explain(
            IllegalStateException failure, OperandNames names, Matrix lhs, PackedRhs rhs, Matrix dst) {
        if (isClosed(lhs)) {
            return closed(names.lhs(), failure);
        }
        if (!rhs.data().scope().isAlive()) {
            return closed(names.rhs(), failure);
        }
        return explain(failure, "dst", dst);
    }

    /** The same of one operand, by its name. */
    public static IllegalStateException explain(IllegalStateException failure, String what, Matrix operand) {
        return isClosed(operand) ? closed(what, failure) : failure;
    }

    /** The same of packing. */
    public static IllegalStateException explain(IllegalStateException failure, Weights weights, Arena arena) {
        return isClosed(weights.values()) ? closed("weights", failure) : explain(failure, arena);
    }

    /** The same of what an arena is to keep. */
    public static IllegalStateException explain(IllegalStateException failure, Arena arena) {
        return arena.scope().isAlive()
                ? failure
                : new IllegalStateException(
                        "arena: closed during the call; expected one that is open until it returns", failure);
    }

    /** The same of packed weights that are read. */
    public static IllegalStateException explain(IllegalStateException failure, MemorySegment weights) {
        return weights.scope().isAlive() ? failure : closed("weights", failure);
    }

    private static boolean isClosed(Matrix matrix) {
        return matrix instanceof Matrix.Segment segment
                && !segment.data().scope().isAlive();
    }

    private static IllegalStateException closed(String what, IllegalStateException failure) {
        return new IllegalStateException(
                what + ": its arena was closed during the call; expected memory that is alive until it returns",
                failure);
    }

    /** Why an arena gives nothing to the calling thread. */
    public static IllegalArgumentException explain(WrongThreadException failure) {
        return new IllegalArgumentException(
                "arena: confined to another thread than the calling one; expected one of this thread, or a shared or"
                        + " automatic one",
                failure);
    }

    /** A thread that never runs stands for those of an executor. */
    private static final class Nobody {
        static final Thread THREAD = Thread.ofPlatform().unstarted(() -> {});

        private Nobody() {}
    }
}
