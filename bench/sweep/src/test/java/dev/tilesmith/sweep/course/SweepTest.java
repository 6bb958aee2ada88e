package dev.tilesmith.sweep.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.measure.Budget;
import dev.tilesmith.sweep.measure.FakeClock;
import dev.tilesmith.sweep.measure.Noise;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.plan.Plan;
import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.sweep.store.Journal;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Pick;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SweepTest {
    private static final CacheSizes CACHES = new CacheSizes(32 << 10, 512 << 10, 32 << 20, 64);
    private static final List<SweptShape> SHAPES = Stream.of("1x512x512", "8x512x512", "64x512x512", "1x4096x4096-cold")
            .map(SweptShape::parse)
            .toList();

    private final FakeClock clock = new FakeClock();
    private final List<String> said = new ArrayList<>();

    @TempDir
    private Path folder;

    /** Says what it is told; and, so that an interruption can be had anywhere, stops everything at some tick. */
    private final class Listening implements Progress {
        private int ticksLeft;

        Listening(int ticksLeft) {
            this.ticksLeft = ticksLeft;
        }

        @Override
        public void begin(String what) {}

        @Override
        public void tick() {
            if (ticksLeft-- == 0) {
                throw new Killed();
            }
        }

        @Override
        public void say(String line) {
            said.add(line);
        }
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Plan plan(Duration budget) {
        return new Plan(SHAPES, List.of(Knob.FETCH_NEAR, Knob.TILES_PER_BLOCK), 1, Pace.FULL, budget);
    }

    private Outcome run(FakeStands stands, Duration time, int ticks) throws IOException {
        final Plan plan = plan(time);
        final Journal journal = Journal.open(folder.resolve("sweep.jsonl"), plan.settings());
        final Budget budget = new Budget(clock, time.toNanos(), journal.spent());
        return new Sweep(
                        plan,
                        stands,
                        journal,
                        budget,
                        new Sweep.Surroundings(clock, Noise.none(), new Listening(ticks), CACHES))
                .run();
    }

    private static void assertRight(Outcome outcome) {
        assertEquals(SHAPES, outcome.measured().stream().map(Measured::shape).toList());
        assertEquals(
                List.of("one/cache", "one/memory", "few/cache", "many/cache"),
                outcome.picks().stream().map(pick -> pick.shape().name()).toList());
        for (final Pick pick : outcome.picks()) {
            final int rows = pick.shape().name().startsWith("one") ? 1 : 2;
            assertEquals(FakeStands.fastest(rows), pick.variant().name(), pick.toString());
            assertTrue(pick.next().orElseThrow().gops() <= pick.gops());
            assertEquals(50 * 1.06, pick.gops(), 2);
        }
        final KnobTried fetch = outcome.knobs().getFirst();
        assertEquals(Knob.FETCH_NEAR, fetch.knob());
        assertEquals(Target.AVX2, fetch.target());
        assertEquals(FakeStands.bestFetch(), fetch.to());
        assertEquals(outcome.knobs().getLast().from(), outcome.knobs().getLast().to());
    }

    @Test
    void theBestIsFoundForEveryClass() throws IOException {
        final FakeStands stands = new FakeStands(clock, 1);
        assertRight(run(stands, Duration.ofMinutes(5), -1));
        assertEquals(0, stands.open());
        assertTrue(said.stream().anyMatch(line -> line.contains("no AVX-512 here")), said.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 300, 1800})
    void theBudgetIsKept(int seconds) throws IOException {
        final long start = clock.nanos();
        run(new FakeStands(clock, 2), Duration.ofSeconds(seconds), -1);
        final double spent = (clock.nanos() - start) / 1e9 / seconds;
        assertTrue(spent < 1.05, spent + " of " + seconds + " s");
    }

    @Test
    void whatThereIsNoTimeForIsSaid() throws IOException {
        final Outcome outcome = run(new FakeStands(clock, 3), Duration.ofMillis(50), -1);
        assertTrue(outcome.measured().size() < SHAPES.size());
        assertTrue(
                outcome.notices().stream().anyMatch(notice -> notice.startsWith("no time for ")),
                outcome.notices().toString());
    }

    /** Killed at any moment, again and again, a sweep is gone on with, ends, finds the same, and keeps its budget. */
    @ParameterizedTest
    @ValueSource(ints = {13, 50, 333, 1000})
    void anInterruptedSweepIsGoneOnWith(int ticks) throws IOException {
        int kills = 0;
        int known = 0;
        int patience = ticks;
        while (true) {
            try {
                assertRight(run(new FakeStands(clock, kills), Duration.ofMinutes(5), patience));
                break;
            } catch (Killed e) {
                kills++;
                patience += ticks;
                final int now = Journal.open(
                                folder.resolve("sweep.jsonl"),
                                plan(Duration.ofMinutes(5)).settings())
                        .entries()
                        .size();
                assertTrue(now >= known);
                known = now;
            }
        }
        assertTrue(kills > 0, "never killed");
    }

    @Test
    void whatIsKnownIsNotMeasuredAgain() throws IOException {
        final FakeStands first = new FakeStands(clock, 1);
        final Outcome outcome = run(first, Duration.ofMinutes(5), -1);
        assertTrue(first.calls() > 0);
        final FakeStands second = new FakeStands(clock, 2);
        final Outcome again = run(second, Duration.ofMinutes(5), -1);
        assertEquals(0, second.calls());
        assertEquals(outcome.picks(), again.picks());
        assertEquals(outcome.knobs(), again.knobs());
    }

    @Test
    void standsAreClosedWhateverHappens() {
        final FakeStands stands = new FakeStands(clock, 1);
        assertThrows(Killed.class, () -> run(stands, Duration.ofMinutes(5), 300));
        assertEquals(0, stands.open());
    }
}
