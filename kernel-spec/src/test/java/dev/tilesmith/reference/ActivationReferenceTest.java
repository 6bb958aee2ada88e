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
 * a minute or two; the default, a prime, at one in so many of every exponent.
 */
final class ActivationReferenceTest {
    private static final int STEP = Integer.getInteger("activations.step", 1009);

    /**
     * How far an activation may be from its function.
     *
     * @param activation the activation
     * @param exact the function, near enough, of what a float holds
     * @param ulps units in the last place of the exact result, as a float
     */
    record Bound(Activation activation, DoubleUnaryOperator exact, double ulps) {
        @Override
        public String toString() {
            return activation.toString();
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
                new Bound(Activation.HARD_SWISH, x -> x * Math.min(Math.max(x + 3, 0), 6) / 6, 2.5));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void isAsNearToItsFunctionAsIsSaid(Bound bound, TestReporter reporter) {
        double worst = 0;
        float at = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STEP) {
            final float x = Float.intBitsToFloat((int) bits);
            if (Float.isFinite(x)) {
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
