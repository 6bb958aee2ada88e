package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.HalfElements;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Widens rows of 16 bits to f32, exactly, a stretch at a time: from one array to another, by loops that the JIT compiler turns
 * into vectors, as it does not where an end is memory outside the heap. One thread's.
 */
abstract sealed class Widening {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /** Values of a stretch, an even number: what a thread keeps for them takes four pages at most. */
    static final int LENGTH = 2048;

    private final short[] bits = new short[LENGTH];

    /** What widens such values. */
    static Widening of(Halves halves) {
        return switch (halves) {
            case F16 -> new OfF16();
            case BF16 -> new OfBf16();
        };
    }

    /**
     * Widens values of a row.
     *
     * @param from what holds the values
     * @param first their first, counted from the start of its storage
     * @param count how many
     * @param to where they go
     * @param start byte of the first there
     */
    final void widen(Matrix from, long first, int count, MemorySegment to, long start) {
        for (int done = 0; done < count; done += LENGTH) {
            final int length = Math.min(LENGTH, count - done);
            HalfElements.read("lhs", from, first + done, bits, length);
            widen(bits, length, to, start + (long) done * Float.BYTES);
        }
    }

    /** Widens the first values of {@code bits} to where byte {@code start} is. */
    abstract void widen(short[] bits, int count, MemorySegment to, long start);

    /** binary16, for which CPUs have an instruction, and the JIT compiler one for vectors. */
    private static final class OfF16 extends Widening {
        private final float[] floats = new float[LENGTH];

        @Override
        void widen(short[] bits, int count, MemorySegment to, long start) {
            for (int i = 0; i < count; i++) {
                floats[i] = Float.float16ToFloat(bits[i]);
            }
            MemorySegment.copy(floats, 0, to, FLOAT, start, count);
        }
    }

    /**
     * BF16, two at a time: a shift of what a short is extended to is not turned into vectors, but arithmetic is on longs that
     * ints are extended to. Either half of a pair stays where it is, so that the order of bytes does not matter.
     */
    private static final class OfBf16 extends Widening {
        private static final long UPPER = 0xffff_0000_0000_0000L;
        private static final long LOWER = 0xffffL;

        private final int[] pairs = new int[LENGTH / 2];
        private final long[] floats = new long[LENGTH / 2];

        @Override
        void widen(short[] bits, int count, MemorySegment to, long start) {
            final int whole = Math.ceilDiv(count, 2);
            final long bytes = (long) whole * Integer.BYTES;
            MemorySegment.copy(MemorySegment.ofArray(bits), 0, MemorySegment.ofArray(pairs), 0, bytes);
            for (int i = 0; i < whole; i++) {
                final long pair = pairs[i];
                floats[i] = ((pair << Integer.SIZE) & UPPER) | ((pair & LOWER) << Short.SIZE);
            }
            MemorySegment.copy(MemorySegment.ofArray(floats), 0, to, start, (long) count * Float.BYTES);
        }
    }
}
