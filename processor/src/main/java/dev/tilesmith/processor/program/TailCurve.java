package dev.tilesmith.processor.program;

/**
 * Curves that are nearly {@code max(x, 0)}: what is taken off it is {@code t = |x|} times a function that falls from one half to
 * nothing. They compute with {@code e^-v * 2^64}, which is normal, and round results once.
 *
 * <p>No more than three values are there at once beside x; t is therefore found anew where it is read again.
 */
final class TailCurve {
    private static final float LOG2_E = 1.442695f;

    /** Parts of ln 2: the first has few bits, so that its product with a power is exact. */
    private static final float LN2_HIGH = 0x1.63p-1f;

    private static final float LN2_LOW = -2.1219444e-4f;

    /** 1.5 * 2^23: the integer nearest to what is added to it is in its last bits. */
    private static final float INTEGERS = 12582912f;

    private static final int SCALE = 64;
    private static final float TO_SCALE = 0x1p-64f;

    private final CurveBuilder code;
    private final Register x;
    private final float most;

    /**
     * Of one result.
     *
     * @param most the largest t that makes a difference
     */
    TailCurve(CurveBuilder code, Register x, float most) {
        this.code = code;
        this.x = x;
        this.most = most;
    }

    /** {@code t}. */
    Register magnitude() {
        return code.atMost(code.magnitude(x), most);
    }

    /** {@code e^-v * 2^64} of a v from 0 to 131. */
    Register decay(Register v) {
        final Register power = power(v);
        return scaled(rest(power, v), power);
    }

    /** The power of two that is nearest to {@code e^-v}. */
    private Register power(Register v) {
        final Register nearest = code.fma(v, code.constant(-LOG2_E), code.constant(INTEGERS));
        return code.add(nearest, code.constant(-INTEGERS));
    }

    /** What is left in the exponent beside it. */
    private Register rest(Register power, Register v) {
        final Register most = code.fma(power, code.constant(LN2_HIGH), v);
        return code.fma(power, code.constant(LN2_LOW), most);
    }

    private Register scaled(Register rest, Register power) {
        final Register e =
                polynomial(rest, 0.001381454f, -0.008368745f, 0.04166839f, -0.16666521f, 0.49999994f, -1f, 1f);
        return code.scaleByPower(e, code.add(power, code.constant(INTEGERS + SCALE)));
    }

    /** By Horner's rule, the coefficient of the highest power first. */
    private Register polynomial(Register of, float... coefficients) {
        Register value = code.constant(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            value = code.fma(value, of, code.constant(coefficients[i]));
        }
        return value;
    }

    /** What is taken off is {@code t * e^-v / (1 + e^-v)}. */
    Register logistic(Register decayed) {
        final Register above = code.multiply(magnitude(), decayed);
        final Register below = code.fma(decayed, code.constant(TO_SCALE), code.constant(1f));
        return less(code.divide(above, below));
    }

    /** What is taken off is {@code t * Φ(-t)}. */
    Register normal() {
        final Register t = magnitude();
        final Register half = code.multiply(t, code.constant(0.5f));
        final Register square = code.multiply(half, t);
        final Register roundedOff = code.fma(code.multiply(half, code.constant(-1f)), t, square);
        final Register power = power(square);
        final Register rest = code.fma(roundedOff, code.constant(-1f), rest(power, square));
        final Register decayed = scaled(rest, power);
        final Register again = magnitude();
        final Register above =
                code.multiply(decayed, polynomial(again, 0.004116294f, 0.04063339f, 0.18323605f, 0.4382968f, 0.5f));
        final Register below = polynomial(again, 0.010317902f, 0.10185926f, 0.4694729f, 1.2025079f, 1.6744787f, 1f);
        return less(code.multiply(code.divide(above, below), again));
    }

    private Register less(Register part) {
        return code.fma(part, code.constant(-TO_SCALE), code.atLeast(x, 0f));
    }
}
