package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies rows of a static int8 operand to where a kernel reads them: bytes as they are, of one row or of several in
 * turns; bytes with their sign bit flipped, which makes them unsigned and larger by 128; or 16-bit integers.
 */
final class StaticLhs {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final long SIGN_BITS = 0x8080_8080_8080_8080L;
    private static final byte SIGN_BIT = (byte) 0x80;
    private static final int OUTER_BYTES = 0xff00_00ff;
    private static final int FIRST_INNER_BYTE = 0x0000_ff00;
    private static final long EVEN_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final long EVEN_SHORTS = 0x0000_ffff_0000_ffffL;

    /** Bytes that lanes of 16 bits can add up: each takes two of eight, {@code 128 * 2 * 255} at most. */
    private static final int LANES_HOLD = 128 * Long.BYTES;

    private StaticLhs() {}

    /**
     * Copies {@code k} bytes from {@code at}: {@code kr} of them, and so many again {@code step} bytes on.
     *
     * @param kr 4 or 8
     */
    static void copyApart(MemorySegment from, long at, MemorySegment to, long target, int k, int kr, long step) {
        final int whole = k & -kr;
        long place = target;
        for (int p = 0; p < whole; p += kr) {
            if (kr == Long.BYTES) {
                to.set(LONG, place, from.get(LONG, at + p));
            } else {
                to.set(INT, place, from.get(INT, at + p));
            }
            place += step;
        }
        for (int p = whole; p < k; p++) {
            to.set(BYTE, place + p - whole, from.get(BYTE, at + p));
        }
    }

    /** As the other, from an array. */
    static void copyApart(byte[] from, int at, MemorySegment to, long target, int k, int kr, long step) {
        long place = target;
        for (int p = 0; p < k; p += kr) {
            MemorySegment.copy(from, at + p, to, BYTE, place, Math.min(kr, k - p));
            place += step;
        }
    }

    /**
     * Copies {@code k} bytes from {@code at}, four of them, and so many again {@code step} bytes on. Of each four the second
     * and the third change places; the last four are filled up with zeros.
     */
    static void copyInterleaved(MemorySegment from, long at, MemorySegment to, long target, int k, long step) {
        final int whole = k & -Integer.BYTES;
        long place = target;
        for (int p = 0; p < whole; p += Integer.BYTES) {
            to.set(INT, place, interleaved(from.get(INT, at + p)));
            place += step;
        }
        if (whole < k) {
            to.set(INT, place, 0);
            for (int p = whole; p < k; p++) {
                to.set(BYTE, place + p - whole, from.get(BYTE, at + p));
            }
            to.set(INT, place, interleaved(to.get(INT, place)));
        }
    }

    /** As the other, from an array. */
    static void copyInterleaved(byte[] from, int at, MemorySegment to, long target, int k, long step) {
        long place = target;
        for (int p = 0; p < k; p += Integer.BYTES) {
            if (p + Integer.BYTES > k) {
                to.set(INT, place, 0);
            }
            MemorySegment.copy(from, at + p, to, BYTE, place, Math.min(Integer.BYTES, k - p));
            to.set(INT, place, interleaved(to.get(INT, place)));
            place += step;
        }
    }

    /** The two bytes in the middle change places, in either order of bytes. */
    private static int interleaved(int bytes) {
        return (bytes & OUTER_BYTES)
                | ((bytes & FIRST_INNER_BYTE) << Byte.SIZE)
                | ((bytes >>> Byte.SIZE) & FIRST_INNER_BYTE);
    }

    /**
     * The sum of {@code k} signed bytes: eight from {@code at}, and so many again {@code step} bytes on. Eight are made
     * unsigned and added in four lanes of 16 bits, which have room for so many additions.
     */
    static int sum(MemorySegment from, long at, int k, long step) {
        final int whole = k & -Long.BYTES;
        int sum = Byte.MIN_VALUE * whole;
        long place = at;
        for (int first = 0; first < whole; first += LANES_HOLD) {
            final int end = Math.min(whole, first + LANES_HOLD);
            long lanes = 0;
            for (int p = first; p < end; p += Long.BYTES) {
                final long unsigned = from.get(LONG, place) ^ SIGN_BITS;
                lanes += (unsigned & EVEN_BYTES) + (unsigned >>> Byte.SIZE & EVEN_BYTES);
                place += step;
            }
            final long halves = (lanes & EVEN_SHORTS) + (lanes >>> Short.SIZE & EVEN_SHORTS);
            sum += (int) (halves + (halves >>> Integer.SIZE));
        }
        for (int p = whole; p < k; p++) {
            sum += from.get(BYTE, place + p - whole);
        }
        return sum;
    }

    /** Copies {@code k} bytes from {@code at}, offset by 128. */
    static void copyUnsigned(MemorySegment from, long at, MemorySegment to, long target, int k) {
        final int whole = k & -Long.BYTES;
        for (int p = 0; p < whole; p += Long.BYTES) {
            to.set(LONG, target + p, from.get(LONG, at + p) ^ SIGN_BITS);
        }
        for (int p = whole; p < k; p++) {
            to.set(BYTE, target + p, (byte) (from.get(BYTE, at + p) ^ SIGN_BIT));
        }
    }

    /** As the other, from an array. */
    static void copyUnsigned(byte[] from, int at, MemorySegment to, long target, int k) {
        MemorySegment.copy(from, at, to, BYTE, target, k);
        copyUnsigned(to, target, to, target, k);
    }

    /** Copies {@code k} bytes from {@code at} as 16-bit integers. */
    static void copyWidened(MemorySegment from, long at, MemorySegment to, long target, int k) {
        for (int p = 0; p < k; p++) {
            to.set(ValueLayout.JAVA_SHORT, target + p * (long) Short.BYTES, from.get(BYTE, at + p));
        }
    }

    /** As the other, from an array. */
    static void copyWidened(byte[] from, int at, MemorySegment to, long target, int k) {
        for (int p = 0; p < k; p++) {
            to.set(ValueLayout.JAVA_SHORT, target + p * (long) Short.BYTES, from[at + p]);
        }
    }
}
