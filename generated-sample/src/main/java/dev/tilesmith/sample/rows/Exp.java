package dev.tilesmith.sample.rows;

/**
 * The exponential function as {@code 2^n · e^r}, n the whole number nearest to x / ln 2, and e^r a polynomial.
 *
 * <p>Relative error at most 3e-7.
 */
public final class Exp {
    static final float LOG2_E = 1.442695f;
    // ln 2 in two parts: the first has so few bits that its product with a whole exponent is exact.
    static final float LN2_HIGH = 0x1.63p-1f;
    static final float LN2_LOW = -2.1219444e-4f;
    // Adding it rounds to a whole number, which then stands in the low bits of the sum.
    static final float ROUND = 12_582_912f;

    /** Bits of a binary32's fraction: what stands above them is its exponent. */
    static final int FRACTION_BITS = 23;

    /** Least argument whose exponential is a normal float. */
    static final float MIN = -87.33654f;

    /** Largest argument whose exponential is finite. */
    static final float MAX = 88.72283f;

    // e^r = 1 + r + r²(E2 + ...), fitted to the least relative error, 1.1e-7, over |r| <= ln 2 / 2.
    static final float E2 = 0.4999923f;
    static final float E3 = 0.16667116f;
    static final float E4 = 0.041890334f;
    static final float E5 = 0.008312502f;

    private Exp() {}

    /** e^x for x ≤ 0 and not NaN, to the bit as vectors have it; what is below {@value #MIN} gives e to that power. */
    public static float ofNegative(float x) {
        final float bounded = x < MIN ? MIN : x;
        final float shifted = Math.fma(bounded, LOG2_E, ROUND);
        final float n = shifted - ROUND;
        final float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, bounded));
        final float quadratic = Math.fma(Math.fma(Math.fma(E5, r, E4), r, E3), r, E2);
        final float mantissa = Math.fma(quadratic, r * r, r + 1);
        final int exponent = Float.floatToRawIntBits(shifted) << FRACTION_BITS;
        return Float.intBitsToFloat(Float.floatToRawIntBits(mantissa) + exponent);
    }
}
