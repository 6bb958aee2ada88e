package dev.tilesmith.sweep.statistic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplesTest {
    private static final int TRIALS = 4000;

    /** By what a uniform number from 0 to 1 becomes a time: what 0.5 becomes is the true median. */
    private static final DoubleUnaryOperator[] DISTRIBUTIONS = {
        u -> 100 + u, u -> 100 / (1.001 - u), u -> 100 - Math.log(1 - u), u -> u < 0.6 ? 100 + u : 400 + u
    };

    /** The interval has the true median as often as it says, whatever the distribution: of a long tail, of two modes. */
    @ParameterizedTest
    @ValueSource(ints = {6, 7, 11, 20, 51, 200})
    void intervalsHaveTheTrueMedian(int count) {
        final SplittableRandom random = new SplittableRandom(count);
        for (final DoubleUnaryOperator distribution : DISTRIBUTIONS) {
            int within = 0;
            for (int trial = 0; trial < TRIALS; trial++) {
                final Estimate estimate = Samples.of(
                                random.doubles(count).map(distribution).toArray())
                        .estimate();
                final double truth = distribution.applyAsDouble(0.5);
                within += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
            }
            final double coverage = (double) within / TRIALS;
            assertTrue(coverage > 0.94, count + " samples: " + coverage);
            assertTrue(coverage < 0.999, count + " samples: " + coverage + " is too wide");
        }
    }

    @Test
    void moreSamplesAreSurer() {
        final SplittableRandom random = new SplittableRandom(1);
        double last = Double.POSITIVE_INFINITY;
        for (int count = 10; count <= 10_000; count *= 10) {
            final double width = Samples.of(random.doubles(count, 100, 110).toArray())
                    .estimate()
                    .width();
            assertTrue(width < last, count + " samples: " + width);
            last = width;
        }
        assertTrue(last < 0.005, "10000 samples: " + last);
    }

    /** A clock that drifts changes both of a round alike: their ratio is known where neither time is. */
    @Test
    void ratiosKnowNothingOfADriftingClock() {
        final double[] drift = new SplittableRandom(3).doubles(40, 1, 3).toArray();
        final Samples ones = Samples.of(drift);
        final Samples others =
                Samples.of(DoubleStream.of(drift).map(time -> 1.25 * time).toArray());
        assertTrue(ones.estimate().width() > 0.1, ones.estimate()::toString);
        final Estimate ratio = others.dividedBy(ones).estimate();
        assertEquals(1.25, ratio.median(), 1e-12);
        assertTrue(ratio.width() < 1e-12, ratio::toString);
    }

    @Test
    void ratiosAreOfRoundsThatBothHad() {
        final Samples three = Samples.of(1, 2, 3);
        final var refusal = assertThrows(
                IllegalArgumentException.class, () -> Samples.of(1, 2).dividedBy(three));
        assertEquals("others: 3 samples; expected 2", refusal.getMessage());
    }

    @Test
    void fewSamplesAreAllTheInterval() {
        for (int count = 1; count < 6; count++) {
            final Estimate estimate = Samples.of(
                            DoubleStream.iterate(1, v -> v + 1).limit(count).toArray())
                    .estimate();
            assertEquals(new Estimate(count, 1, (1 + count) / 2.0, count), estimate);
        }
        assertThrows(IllegalStateException.class, () -> new Samples().estimate());
    }

    @Test
    void orderDoesNotMatter() {
        final SplittableRandom random = new SplittableRandom(2);
        final double[] values = random.doubles(33).toArray();
        final Estimate estimate = Samples.of(values).estimate();
        for (int trial = 0; trial < 50; trial++) {
            final int i = random.nextInt(values.length);
            final double swapped = values[i];
            values[i] = values[0];
            values[0] = swapped;
            assertEquals(estimate, Samples.of(values).estimate());
        }
    }

    /** A machine whose clock changes for a part of the time is noticed, one that merely varies is not. */
    @Test
    void twoKindsOfTimesAreTold() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 500; trial++) {
            final double share = random.nextDouble(0.3, 0.7);
            final Samples mixed = new Samples();
            final Samples plain = new Samples();
            for (int i = 0; i < 100; i++) {
                final double time = random.nextGaussian(100, 1);
                plain.add(time);
                mixed.add(random.nextDouble() < share ? time : 1.2 * time);
            }
            assertTrue(mixed.isBimodal(), "share " + share);
            assertFalse(plain.isBimodal(), "trial " + trial);
        }
    }

    @Test
    void aFewSlowTimesAreNoSecondKind() {
        final Samples samples = new Samples();
        for (int i = 0; i < 100; i++) {
            samples.add(i % 10 == 0 ? 300 : 100 + i / 100.0);
        }
        assertFalse(samples.isBimodal());
    }

    @Test
    void estimatesThatDoNotMeetAreApart() {
        final Estimate low = new Estimate(10, 1, 2, 3);
        assertTrue(low.isBelow(new Estimate(10, 4, 5, 6)));
        assertFalse(low.isBelow(new Estimate(10, 3, 5, 6)));
        assertFalse(new Estimate(10, 4, 5, 6).isBelow(low));
        assertFalse(new Estimate(5, 1, 2, 3).isBelow(new Estimate(10, 4, 5, 6)), "five samples");
        assertFalse(low.isBelow(new Estimate(5, 4, 5, 6)), "five samples");
        assertThrows(IllegalArgumentException.class, () -> new Estimate(1, 2, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(1, 1, Double.NaN, 3));
    }
}
