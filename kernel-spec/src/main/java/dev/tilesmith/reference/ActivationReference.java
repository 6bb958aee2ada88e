package dev.tilesmith.reference;

import dev.tilesmith.spec.Activation;

/**
 * What each {@link Activation} gives, in binary32: each operation rounds once, in the order in which it is written.
 *
 * <p>A kernel with an activation gives {@link #results} of what it would give without one, and without bounds.
 */
public final class ActivationReference {
    private static final float SIXTH = 1f / 6;

    private static final float LOG2_E = 1.442695f;

    /** Parts of ln 2: the first has few bits, so that its product with a power is exact. */
    private static final float LN2_HIGH = 0x1.63p-1f;

    private static final float LN2_LOW = -2.1219444e-4f;

    /** 1.5 * 2^23: the integer nearest to what is added to it is in its last bits. */
    private static final float INTEGERS = 12582912f;

    private static final float TWO_TO_64 = 0x1p64f;

    private ActivationReference() {}

    /** What {@code activation} gives for {@code x}. */
    public static float of(Activation activation, float x) {
        return switch (activation) {
            case NONE -> x;
            case RELU -> Math.max(x, 0f);
            case RELU6 -> Math.min(Math.max(x, 0f), 6f);
            case HARD_SWISH -> hardSwish(x);
            case SILU -> silu(x);
            case GELU -> gelu(x);
            case GELU_TANH -> geluByTanh(x);
        };
    }

    /**
     * {@code x * (min(x + 3, 6) * (1/6))} from -3 on, below what it gives there. The factor is 1 from 3 on: six times a sixth,
     * as it is rounded, rounds to 1.
     */
    private static float hardSwish(float x) {
        final float bounded = Math.max(x, -3f);
        return bounded * (Math.min(bounded + 3f, 6f) * SIXTH);
    }

    /** {@code max(x, 0) - t * e^-t / (1 + e^-t)} of {@code t = |x|}. */
    private static float silu(float x) {
        final float t = magnitude(x, 128f);
        final float power = decay(t, 0f);
        return lessPart(x, t * power / Math.fma(power, 1 / TWO_TO_64, 1f));
    }

    /** The same with {@code t * (c1 + c3 * t^2)} in the exponent: c1 is twice the root of 2/π, and c3 is 0.044715 * c1. */
    private static float geluByTanh(float x) {
        final float t = magnitude(x, 11.5f);
        final float power = decay(t * Math.fma(t * t, 0.071354814f, 1.5957692f), 0f);
        return lessPart(x, t * power / Math.fma(power, 1 / TWO_TO_64, 1f));
    }

    /**
     * {@code max(x, 0) - t * Φ(-t)} of {@code t = |x|}, where {@code Φ(-t) = e^(-t^2/2) * p(t) / q(t)}: the quotient has been fitted to
     * {@code erfcx(t / sqrt(2)) / 2} for t up to 14.5, to within 2^-27 of it.
     */
    private static float gelu(float x) {
        final float t = magnitude(x, 14.5f);
        final float half = t * 0.5f;
        final float square = half * t;
        final float rest = Math.fma(half * -1f, t, square); // what has been rounded off, negative
        final float power = decay(square, rest);
        final float above = polynomial(t, 0.004116294f, 0.04063339f, 0.18323605f, 0.4382968f, 0.5f);
        final float below = polynomial(t, 0.010317902f, 0.10185926f, 0.4694729f, 1.2025079f, 1.6744787f, 1f);
        return lessPart(x, power * above / below * t);
    }

    private static float magnitude(float x, float most) {
        return Math.min(Math.abs(x), most);
    }

    /** {@code 2^64 * e^-(v - rest)} of v from 0 to 131: normal always. */
    private static float decay(float v, float rest) {
        final float nearest = Math.fma(v, -LOG2_E, INTEGERS);
        final float power = nearest + -INTEGERS;
        float r = Math.fma(power, LN2_LOW, Math.fma(power, LN2_HIGH, v));
        r = Math.fma(rest, -1f, r);
        final float e = polynomial(r, 0.001381454f, -0.008368745f, 0.04166839f, -0.16666521f, 0.49999994f, -1f, 1f);
        final int exponent = Float.floatToRawIntBits(power + (INTEGERS + 64));
        return Float.intBitsToFloat(Float.floatToRawIntBits(e) + (exponent << 23));
    }

    /** By Horner's rule, the coefficient of the highest power first. */
    private static float polynomial(float x, float... coefficients) {
        float value = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            value = Math.fma(value, x, coefficients[i]);
        }
        return value;
    }

    /** {@code max(x, 0) - part / 2^64}, rounded once, so that results may be subnormal. */
    private static float lessPart(float x, float part) {
        return Math.fma(part, -1 / TWO_TO_64, Math.max(x, 0f));
    }

    /**
     * What {@code activation} gives for each of the results of a product without bounds, bounded then.
     *
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     */
    public static float[] results(Activation activation, float[] products, float clampMin, float clampMax) {
        final float[] results = new float[products.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = F32Reference.clamp(of(activation, products[i]), clampMin, clampMax);
        }
        return results;
    }
}
