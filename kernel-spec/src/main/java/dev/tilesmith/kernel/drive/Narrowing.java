package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rounds f32 results to 16 bits, to the nearest value, ties to even, by loops from array to array that the JIT compiler turns
 * into vectors. Of any NaN it makes one, quiet and without a sign, so that results have the same bits wherever they are computed.
 * One thread's.
 */
abstract sealed class Narrowing {
    /** Results of a stretch, an even number: what a thread keeps for them takes six pages. */
    static final int LENGTH = 2048;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int INFINITY = 0x7f80_0000;
    private static final int MAGNITUDE = 0x7fff_ffff;
    private static final int NAN = 0x7fc0_0000;

    private final int[] floats = new int[LENGTH];
    private final short[] halves = new short[LENGTH];

    /** What rounds to such values. */
    static Narrowing of(Halves halves) {
        return switch (halves) {
            case F16 -> new ToF16();
            case BF16 -> new ToBf16();
        };
    }

    /**
     * Rounds results.
     *
     * @param from what holds f32s
     * @param start byte of the first
     * @param count how many, at most {@link #LENGTH}
     * @return the bits of their nearest values: at the start of an array that the next call fills anew
     */
    final short[] round(MemorySegment from, long start, int count) {
        MemorySegment.copy(from, INT, start, floats, 0, count);
        round(floats, count, halves);
        return halves;
    }

    /** Rounds the first of f32s, given by their bits, which may be overwritten. */
    abstract void round(int[] floats, int count, short[] halves);

    /** All ones for the bits of a NaN, else zero: a comparison that is arithmetic, for the sake of vectors. */
    private static int ifNan(int bits) {
        return (INFINITY - (bits & MAGNITUDE)) >> (Integer.SIZE - 1);
    }

    /** binary16, for which CPUs have an instruction, and the JIT compiler one for vectors. */
    private static final class ToF16 extends Narrowing {
        private final float[] values = new float[LENGTH];

        @Override
        void round(int[] floats, int count, short[] halves) {
            for (int i = 0; i < count; i++) {
                final int nan = ifNan(floats[i]);
                floats[i] = (floats[i] & ~nan) | (NAN & nan);
            }
            MemorySegment.copy(
                    MemorySegment.ofArray(floats), 0, MemorySegment.ofArray(values), 0, (long) count * Float.BYTES);
            for (int i = 0; i < count; i++) {
                halves[i] = Float.floatToFloat16(values[i]);
            }
        }
    }

    /**
     * BF16: the upper half of what is rounded within 32 bits, taken of two values at a time. Either half of a pair stays where it
     * is, so that the order of bytes does not matter.
     */
    private static final class ToBf16 extends Narrowing {
        /** Half of the last bit that stays, less one: with that bit added, ties go to even. */
        private static final int BELOW_HALF = 0x7fff;

        private static final long FIRST = 0xffff_0000L;
        private static final long SECOND = 0xffffL;

        private final long[] pairs = new long[LENGTH / 2];
        private final int[] upper = new int[LENGTH / 2];

        @Override
        void round(int[] floats, int count, short[] halves) {
            for (int i = 0; i < count; i++) {
                final int bits = floats[i];
                final int nan = ifNan(bits);
                final int rounded = bits + BELOW_HALF + ((bits >>> Short.SIZE) & 1);
                floats[i] = (rounded & ~nan) | (NAN & nan);
            }
            final int whole = Math.ceilDiv(count, 2);
            MemorySegment.copy(
                    MemorySegment.ofArray(floats), 0, MemorySegment.ofArray(pairs), 0, (long) whole * Long.BYTES);
            for (int i = 0; i < whole; i++) {
                upper[i] = (int) (((pairs[i] >>> Integer.SIZE) & FIRST) | ((pairs[i] >>> Short.SIZE) & SECOND));
            }
            MemorySegment.copy(
                    MemorySegment.ofArray(upper), 0, MemorySegment.ofArray(halves), 0, (long) count * Short.BYTES);
        }
    }
}
