package dev.tilesmith.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.spec.Activation;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Activations against the functions that they stand for. {@code -Dactivations.step=1} looks at all floats there are, which takes
 * hours; the default, a prime, at one in so many of every exponent.
 */
final class ActivationReferenceTest {
    private static final int STEP = Integer.getInteger("activations.step", 1009);

    /**
     * How far an activation may be from its function.
     *
     * @param activation the activation
     * @param exact the function, near enough, of what a float holds
     * @param from the least value for which it is said
     * @param ulps units in the last place of the exact result, as a float
     */
    record Bound(Activation activation, DoubleUnaryOperator exact, float from, double ulps) {
        Bound(Activation activation, DoubleUnaryOperator exact, double ulps) {
            this(activation, exact, Float.NEGATIVE_INFINITY, ulps);
        }

        @Override
        public String toString() {
            return activation + " from " + from;
        }

        double error(float x) {
            final double expected = exact.applyAsDouble(x);
            final double unit = Math.ulp((float) expected);
            return Math.abs(ActivationReference.of(activation, x) - expected) / unit;
        }
    }

    static Stream<Bound> bounds() {
        return Stream.of(
                new Bound(Activation.NONE, x -> x, 0),
                new Bound(Activation.RELU, x -> Math.max(x, 0), 0),
                new Bound(Activation.RELU6, x -> Math.min(Math.max(x, 0), 6), 0),
                new Bound(Activation.HARD_SWISH, x -> x * Math.min(Math.max(x + 3, 0), 6) / 6, 2.5),
                new Bound(Activation.SILU, x -> x / (1 + Math.exp(-x)), 3.4),
                new Bound(Activation.GELU, x -> x < 0 ? x * normal(-x) : x - x * normal(x), 8.3),
                new Bound(Activation.GELU_TANH, ActivationReferenceTest::geluByTanh, 220),
                new Bound(Activation.GELU_TANH, ActivationReferenceTest::geluByTanh, -1, 3.1));
    }

    private static double geluByTanh(double x) {
        return x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    /** {@code Φ(-t)}: by its series where that is short, else by its continued fraction. */
    private static double normal(double t) {
        final double density = Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
        if (t < 3) {
            double term = t;
            double sum = t;
            for (int n = 1; term > sum * 1e-17; n++) {
                term *= t * t / (2 * n + 1);
                sum += term;
            }
            return 0.5 - sum * density;
        }
        double fraction = 0;
        for (int n = 60; n > 0; n--) {
            fraction = n / (t + fraction);
        }
        return density / (t + fraction);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void isAsNearToItsFunctionAsIsSaid(Bound bound, TestReporter reporter) {
        double worst = 0;
        float at = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
            final float x = Float.intBitsToFloat((int) bits);
            if (Float.isFinite(x) && x >= bound.from()) {
                final double error = bound.error(x);
                if (!(error <= worst)) {
                    worst = error;
                    at = x;
                }
            }
        }
        reporter.publishEntry(bound + " is off by up to " + worst + " ulp, at " + at);
        assertTrue(worst <= bound.ulps(), bound + ": " + worst + " ulp at " + at);
    }

    @ParameterizedTest
    @EnumSource
    void ofNanIsNan(Activation activation) {
        assertTrue(Float.isNaN(ActivationReference.of(activation, Float.NaN)));
    }

    @ParameterizedTest
    @EnumSource
    void ofInfinityIsInfinityOrTheLargest(Activation activation) {
        assertEquals(
                activation == Activation.RELU6 ? 6f : Float.POSITIVE_INFINITY,
                ActivationReference.of(activation, Float.POSITIVE_INFINITY));
    }

    @Test
    void zerosAreThoseThatAreSaid() {
        assertEquals(0f, ActivationReference.of(Activation.RELU, -0f));
        assertEquals(0f, ActivationReference.of(Activation.RELU, Float.NEGATIVE_INFINITY));
        assertEquals(0f, ActivationReference.of(Activation.RELU6, -0f));
        assertEquals(-0f, ActivationReference.of(Activation.HARD_SWISH, -0f));
        assertEquals(-0f, ActivationReference.of(Activation.HARD_SWISH, -3f));
        assertEquals(-0f, ActivationReference.of(Activation.HARD_SWISH, Float.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @EnumSource(names = {"SILU", "GELU", "GELU_TANH"})
    void smoothOnesAreZeroAtZerosAndMinusZeroFarBelow(Activation activation) {
        assertEquals(0f, ActivationReference.of(activation, 0f));
        assertEquals(0f, ActivationReference.of(activation, -0f));
        for (final float x : new float[] {Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, -1e4f, -128f, -110f}) {
            assertEquals(-0f, ActivationReference.of(activation, x));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SILU", "GELU", "GELU_TANH"})
    void smoothOnesAreTheValueItselfFarAbove(Activation activation) {
        for (float x = 20f; x < Float.POSITIVE_INFINITY; x = x * 1.001f) {
            assertEquals(x, ActivationReference.of(activation, x));
        }
    }

    @Test
    void hardSwishIsTheValueItselfFromThreeOn() {
        for (float x = 3f; x < Float.POSITIVE_INFINITY; x = x * 1.001f) {
            assertEquals(x, ActivationReference.of(Activation.HARD_SWISH, x));
        }
    }

    @Test
    void resultsAreBoundedLast() {
        final float[] products = {-5f, 1f, 9f, Float.NaN};
        final float[] results = ActivationReference.results(Activation.RELU, products, -1f, 2f);
        assertEquals(0f, results[0]);
        assertEquals(1f, results[1]);
        assertEquals(2f, results[2]);
        assertTrue(Float.isNaN(results[3]));
    }
}
