package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Weights.Halves;

/** What 16 bits stand for, by the definition of the formats, without what kernels and the JDK do. */
final class HalfValues {
    /** How many there are. */
    static final int COUNT = 1 << Short.SIZE;

    private HalfValues() {}

    /** What the sum of each value alone is, by its bits: one that begins with +0 is no -0. */
    static float[] sums(Halves halves) {
        final float[] sums = new float[COUNT];
        for (int bits = 0; bits < COUNT; bits++) {
            sums[bits] = of(halves, bits) + 0f;
        }
        return sums;
    }

    /** The value of 16 bits. */
    static float of(Halves halves, int bits) {
        final float sign = (bits & 0x8000) == 0 ? 1f : -1f;
        if ((bits & 0x7fff) > infinity(halves)) {
            return Float.NaN;
        }
        return sign * ((bits & 0x7fff) == infinity(halves) ? Float.POSITIVE_INFINITY : (float) magnitude(halves, bits));
    }

    /** The value that comes next to a finite one that is not negative: after the greatest, what would, were there more. */
    static double after(Halves halves, int bits) {
        return magnitude(halves, bits + 1);
    }

    /** The bits of infinity: those of larger magnitude are of NaN. */
    static int infinity(Halves halves) {
        return ((1 << (15 - mantissaBits(halves))) - 1) << mantissaBits(halves);
    }

    private static double magnitude(Halves halves, int bits) {
        final int mantissaBits = mantissaBits(halves);
        final int most = (1 << (15 - mantissaBits)) - 1;
        final int exponent = (bits >> mantissaBits) & most;
        final int mantissa = bits & ((1 << mantissaBits) - 1);
        final int whole = exponent == 0 ? mantissa : mantissa | (1 << mantissaBits);
        return Math.scalb((double) whole, Math.max(1, exponent) - most / 2 - mantissaBits);
    }

    private static int mantissaBits(Halves halves) {
        return switch (halves) {
            case F16 -> 10;
            case BF16 -> 7;
        };
    }
}
