package dev.tilesmith.sweep.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sweep.course.ConsoleProgress.Display;
import dev.tilesmith.sweep.measure.Budget;
import dev.tilesmith.sweep.measure.FakeClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConsoleProgressTest {
    @ParameterizedTest
    @EnumSource
    void timeLeftIsSaidNowAndThen(Display display) {
        final FakeClock clock = new FakeClock();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Budget budget = new Budget(clock, TimeUnit.MINUTES.toNanos(10), 0);
        final Progress progress =
                new ConsoleProgress(new PrintStream(out, true, StandardCharsets.UTF_8), clock, budget, display);
        progress.begin("measuring");
        for (int tick = 0; tick < 6000; tick++) {
            clock.pass(1e7);
            progress.tick();
        }
        final String text = out.toString(StandardCharsets.UTF_8);
        final int times = text.split("measuring", -1).length - 1;
        switch (display) {
            case TERMINAL -> assertEquals(60, times);
            case LOG -> assertEquals(2, times);
        }
        assertTrue(text.contains("measuring; 9:59 left"), text);
    }
}
