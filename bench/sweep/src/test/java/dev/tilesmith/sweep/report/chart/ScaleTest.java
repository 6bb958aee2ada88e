package dev.tilesmith.sweep.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScaleTest {
    private static final long SEED = 20261130;

    static Stream<Scale> scales() {
        final Random random = new Random(SEED);
        return IntStream.range(0, 2000).boxed().flatMap(number -> {
            final double from = Math.pow(10, random.nextDouble(-9, 9));
            final double factor = 1.5 + Math.pow(10, random.nextDouble(-2, 6));
            return Stream.of(
                    new LinearScale(from, from * factor),
                    new LinearScale(-from, from * factor),
                    new LogScale(from, from * factor));
        });
    }

    /** From 0 to 1, upwards; ticks are on it, upwards, and not so many that they are written over each other. */
    @Test
    void valuesAndTicksGoUpwards() {
        scales().forEach(scale -> {
            final double from;
            final double to;
            switch (scale) {
                case LinearScale linear -> {
                    from = linear.from();
                    to = linear.to();
                }
                case LogScale log -> {
                    from = log.from();
                    to = log.to();
                }
                case StepScale steps -> throw new AssertionError(steps);
            }
            assertEquals(0, scale.at(from), 1e-12);
            assertEquals(1, scale.at(to), 1e-12);
            final List<Double> ticks = scale.ticks();
            assertTrue(ticks.size() <= 17, ticks::toString);
            assertTrue(!ticks.isEmpty() || to / from < 10, scale::toString);
            double before = -1e-9;
            for (final double tick : ticks) {
                assertTrue(scale.at(tick) > before, scale::toString);
                before = scale.at(tick);
            }
            assertTrue(before <= 1 + 1e-9, scale::toString);
        });
    }

    /** On a scale by logarithms a ratio is as long wherever it is. */
    @Test
    void ratiosAreEquallyLong() {
        final LogScale scale = new LogScale(0.1, 1000);
        assertEquals(scale.at(2) - scale.at(1), scale.at(400) - scale.at(200), 1e-12);
        assertEquals(List.of(0.1, 1.0, 10.0, 100.0, 1000.0), scale.ticks());
    }

    @Test
    void valuesAroundHaveRoom() {
        for (final double least : new double[] {0, 1e-6, 5, 1e6}) {
            final LinearScale one = LinearScale.around(least, least);
            assertEquals(0.5, one.at(least), 1e-6);
            final LinearScale two = LinearScale.around(least, 2 * least + 1);
            assertTrue(two.at(least) > 0.05 && two.at(2 * least + 1) < 0.95);
        }
    }

    @Test
    void stepsAreEquallyLong() {
        final StepScale scale = new StepScale(List.of(0.0, 1.0, 1024.0, 4096.0));
        assertEquals(
                List.of(0.125, 0.375, 0.625, 0.875),
                scale.ticks().stream().map(scale::at).toList());
        assertThrows(IllegalArgumentException.class, () -> scale.at(2));
        assertThrows(IllegalArgumentException.class, () -> new StepScale(List.of()));
    }

    static Stream<Runnable> emptyScales() {
        return Stream.of(
                () -> new LinearScale(1, 1),
                () -> new LinearScale(Double.NaN, 1),
                () -> new LogScale(0, 1),
                () -> new LogScale(2, 1),
                () -> new LogScale(1, Double.NaN));
    }

    @ParameterizedTest
    @MethodSource("emptyScales")
    void scalesWithoutLengthAreRefused(Runnable made) {
        assertTrue(assertThrows(IllegalArgumentException.class, made::run)
                .getMessage()
                .contains("expected"));
    }
}
