package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Weights.Halves;

/** What 16 bits stand for. */
final class HalfValues {
    private HalfValues() {}

    /** By the definition of the formats, without what kernels and the JDK do. */
    static float of(Halves halves, int bits) {
        final int mantissaBits =
                switch (halves) {
                    case F16 -> 10;
                    case BF16 -> 7;
                };
        final int most = (1 << (15 - mantissaBits)) - 1;
        final int exponent = (bits >> mantissaBits) & most;
        final int mantissa = bits & ((1 << mantissaBits) - 1);
        final float sign = bits >> 15 == 0 ? 1f : -1f;
        if (exponent == most) {
            return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        final int whole = exponent == 0 ? mantissa : mantissa | (1 << mantissaBits);
        return Math.scalb(sign * whole, Math.max(1, exponent) - most / 2 - mantissaBits);
    }
}
