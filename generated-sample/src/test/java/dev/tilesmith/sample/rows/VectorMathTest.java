package dev.tilesmith.sample.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorMathTest {
    /** Every n-th float: prime, so that all bits of the fraction change. */
    private static final int FLOAT_STEP = 499;

    @Test
    void expIsWithinItsStatedError() {
        assertTrue(worst(VectorMath::exp, Math::exp, Exp.MIN, Exp.MAX) < 3e-7);
    }

    @Test
    void expOfNegativeIsWithinTheSameError() {
        assertTrue(worst(VectorMath::expOfNegative, Math::exp, Exp.MIN, -0f) < 3e-7);
    }

    @Test
    void expOfExtremes() {
        assertEquals(0f, apply(VectorMath::exp, Float.NEGATIVE_INFINITY));
        assertEquals(0f, apply(VectorMath::exp, -100));
        assertEquals(0f, apply(VectorMath::exp, -Float.MAX_VALUE));
        assertEquals(1f, apply(VectorMath::exp, 0));
        assertEquals(1f, apply(VectorMath::exp, -0f));
        assertEquals(Float.POSITIVE_INFINITY, apply(VectorMath::exp, 89));
        assertEquals(Float.POSITIVE_INFINITY, apply(VectorMath::exp, Float.MAX_VALUE));
        assertEquals(Float.POSITIVE_INFINITY, apply(VectorMath::exp, Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(apply(VectorMath::exp, Float.NaN)));
    }

    @Test
    void expOfNegativeHasNoSurpriseAtMinusInfinity() {
        final float least = apply(VectorMath::expOfNegative, Float.NEGATIVE_INFINITY);
        assertTrue(least >= 0 && least < 1.3e-38f, "e^-inf: " + least);
    }

    @Test
    void erfIsWithinItsStatedError() {
        assertTrue(worst(VectorMath::erf, VectorMathTest::erf, -8, 8) < 5e-7);
    }

    /** What {@link ScalarRowMath} computes with. */
    @Test
    void scalarsHaveTheBitsOfLanes() {
        assertEquals(0, worst(VectorMath::erf, x -> Erf.scalar((float) x), -8, 8));
        assertEquals(0, worst(VectorMath::expOfNegative, x -> Exp.ofNegative((float) x), -Float.MAX_VALUE, -0f));
    }

    @Test
    void erfOfExtremes() {
        assertEquals(1f, apply(VectorMath::erf, Float.POSITIVE_INFINITY), 5e-7f);
        assertEquals(-1f, apply(VectorMath::erf, Float.NEGATIVE_INFINITY), 5e-7f);
        assertEquals(1f, apply(VectorMath::erf, Float.MAX_VALUE), 5e-7f);
        assertEquals(0f, apply(VectorMath::erf, 0));
        assertTrue(Float.isNaN(apply(VectorMath::erf, Float.NaN)));
    }

    @Test
    void geluIsExactGelu() {
        for (float x = -12; x < 12; x += 1f / 4096) {
            final double exact = 0.5 * x * (1 + erf(x / Math.sqrt(2)));
            assertEquals(exact, apply(VectorMath::gelu, x), 5e-7 * Math.abs(x) + 1e-30, "gelu(" + x + ")");
        }
    }

    /** Largest relative error over a dense sample of the floats between two bounds. */
    private static double worst(UnaryOperator<FloatVector> function, DoubleUnaryOperator exact, float low, float high) {
        final float[] in = new float[VectorMath.SPECIES.length()];
        double worst = 0;
        int lane = 0;
        for (long bits = 0; bits < 0x7f800000L; bits += FLOAT_STEP) {
            for (final int sign : new int[] {0, 1 << 31}) {
                final float x = Float.intBitsToFloat((int) bits | sign);
                if (x >= low && x <= high && Math.abs(exact.applyAsDouble(x)) >= Float.MIN_NORMAL) {
                    in[lane++] = x;
                }
                if (lane == in.length) {
                    worst = Math.max(worst, worst(function, exact, in));
                    lane = 0;
                }
            }
        }
        return worst;
    }

    private static double worst(UnaryOperator<FloatVector> function, DoubleUnaryOperator exact, float[] in) {
        final float[] out = new float[in.length];
        function.apply(FloatVector.fromArray(VectorMath.SPECIES, in, 0)).intoArray(out, 0);
        double worst = 0;
        for (int i = 0; i < in.length; i++) {
            final double expected = exact.applyAsDouble(in[i]);
            final double error = Math.abs(out[i] / expected - 1);
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
        return worst;
    }

    private static float apply(UnaryOperator<FloatVector> function, float x) {
        return function.apply(FloatVector.broadcast(VectorMath.SPECIES, x)).lane(0);
    }

    /** In double: the Maclaurin series up to 3, from there Laplace's continued fraction of erfc (DLMF 7.6.1, 7.9.2). */
    private static double erf(double x) {
        final double a = Math.abs(x);
        if (a > 3) {
            double fraction = a;
            for (int i = 120; i > 0; i--) {
                fraction = a + i / 2.0 / fraction;
            }
            return Math.signum(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / fraction);
        }
        double term = x;
        double sum = x;
        for (int i = 1; Math.abs(term) > 1e-18 * Math.abs(sum); i++) {
            term *= -x * x / i;
            sum += term / (2 * i + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
