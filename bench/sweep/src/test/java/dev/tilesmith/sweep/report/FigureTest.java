package dev.tilesmith.sweep.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FigureTest {
    private static final long SEED = 20261130;

    /** Three digits or more from 0.1 on, never so many that they are in the way, and what they say is near what it was. */
    @Test
    void speedsKeepTheirDigits() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            final double gops = Math.pow(10, random.nextDouble(-1, 4));
            final String text = Figure.speed(gops);
            assertEquals(gops, Double.parseDouble(text), gops * 0.0051, text);
            final int digits = text.replace(".", "").replaceFirst("^0+", "").length();
            assertTrue(digits >= 3 && digits <= 6, text);
        }
    }

    @ParameterizedTest
    @CsvSource({"9.994, 9.99", "9.996, 10.0", "0.9994, 0.999", "0.9996, 1.00", "99.96, 100.0", "0.0004, 0.000"})
    void speedsAreRoundedBeforeTheyAreWritten(double gops, String text) {
        assertEquals(text, Figure.speed(gops));
    }

    @ParameterizedTest
    @CsvSource({"999.94, 999.9 ns", "1500, 1.50 µs", "88059.5, 88.06 µs", "254037285, 254.04 ms"})
    void timesHaveTheUnitThatSuitsThem(double nanos, String text) {
        assertEquals(text, Figure.time(nanos));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "0.5, 0.5", "100, 100", "99999, 99999", "1e6, 1e+06", "-20, -20"})
    void ticksHaveNoZerosThatSayNothing(double value, String text) {
        assertEquals(text, Figure.tick(value));
    }

    @ParameterizedTest
    @CsvSource({"64, 64 B", "32768, 32 KiB", "524288, 512 KiB", "33554432, 32 MiB"})
    void bytesAreWrittenAsCachesAre(double bytes, String text) {
        assertEquals(text, Figure.bytes(bytes));
    }
}
