package dev.tilesmith.sweep.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.sweep.measure.Standing.Confidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HalvingTest {
    private static final long BUDGET = TimeUnit.SECONDS.toNanos(10);

    private final FakeClock clock = new FakeClock();
    private final List<Standing<Integer>> told = new ArrayList<>();

    private List<Standing<Integer>> run(List<Contender<Integer>> contenders, Noise noise, long nanos) {
        return new Halving<Integer>(new Turns<>(clock, 1, () -> {}), Pace.FULL, noise, told::addAll)
                .run(contenders, nanos, number -> number % 3);
    }

    /** Number 0 is the fastest by 3 %, the others are slower and slower; times vary more than that. */
    private List<Contender<Integer>> contenders(int count, SplittableRandom random) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Contender<>(
                        number, clock.work(50_000 * (number == 0 ? 0.97 : 1 + 0.005 * number), 0.05, random)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 30, 200})
    void theFastestIsFoundAmongNoise(int count) {
        final int trials = 40;
        int found = 0;
        for (int trial = 0; trial < trials; trial++) {
            final SplittableRandom random = new SplittableRandom(1000L * count + trial);
            final List<Standing<Integer>> standings = run(contenders(count, random), Noise.none(), BUDGET);
            found += standings.getFirst().candidate() == 0 ? 1 : 0;
        }
        assertTrue(found >= trials - 2, found + " of " + trials);
    }

    @Test
    void everyContenderHasAStandingOnce() {
        final List<Standing<Integer>> standings = run(contenders(50, new SplittableRandom(1)), Noise.none(), BUDGET);
        final Set<Integer> numbers = new HashSet<>();
        standings.forEach(standing -> assertTrue(numbers.add(standing.candidate())));
        assertEquals(50, numbers.size());
    }

    @Test
    void thoseLeftBehindAreToldAndComeLast() {
        final List<Standing<Integer>> standings = run(contenders(50, new SplittableRandom(1)), Noise.none(), BUDGET);
        final List<Standing<Integer>> behind = standings.stream()
                .dropWhile(standing -> standing.confidence() != Confidence.LEFT_BEHIND)
                .toList();
        assertTrue(behind.size() >= 45, behind.size() + " of 50");
        assertEquals(Set.copyOf(told), Set.copyOf(behind));
        assertTrue(behind.stream().allMatch(standing -> standing.confidence() == Confidence.LEFT_BEHIND));
    }

    @Test
    void theBestOfAnotherGroupIsMeasuredToTheEnd() {
        final List<Standing<Integer>> standings = run(contenders(50, new SplittableRandom(1)), Noise.none(), BUDGET);
        final int group = standings.getFirst().candidate() % 3;
        assertTrue(standings.stream()
                .anyMatch(standing -> standing.confidence() == Confidence.FINAL && standing.candidate() % 3 != group));
    }

    @Test
    void theFastestHasMostOfTheTurns() {
        final List<Standing<Integer>> standings = run(contenders(64, new SplittableRandom(5)), Noise.none(), BUDGET);
        final int most = standings.stream()
                .mapToInt(standing -> standing.estimate().count())
                .max()
                .orElseThrow();
        assertEquals(most, standings.getFirst().estimate().count());
        assertTrue(most > 10 * standings.getLast().estimate().count(), most + " turns");
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 200, 1000, 10_000})
    void theTimeIsKept(long millis) {
        final long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        final long start = clock.nanos();
        run(contenders(10, new SplittableRandom(2)), Noise.none(), nanos);
        final double spent = (double) (clock.nanos() - start) / nanos;
        // A round of ten is 20 ms at most, and five of them are had in any case.
        assertTrue(spent < 1.05 + 100.0 / millis, spent + " of the time");
    }

    /** One that is a thousand times slower than the others has no turns, which would take all of the time. */
    @Test
    void whatIsFarSlowerIsLeftAtOnce() {
        final SplittableRandom random = new SplittableRandom(3);
        final List<Contender<Integer>> contenders = new ArrayList<>(contenders(4, random));
        contenders.add(new Contender<>(4, clock.work(5e8, 0.05, random)));
        final Standing<Integer> last = run(contenders, Noise.none(), BUDGET).getLast();
        assertEquals(4, last.candidate());
        assertEquals(0, last.estimate().count());
    }

    @Test
    void noiseIsMeasuredAgainAndMarkedIfItStays() {
        final List<Standing<Integer>> quiet = run(contenders(4, new SplittableRandom(4)), Noise.none(), BUDGET);
        assertEquals(Confidence.FINAL, quiet.getFirst().confidence());

        final int[] asked = {0};
        final List<Standing<Integer>> passing =
                run(contenders(4, new SplittableRandom(4)), () -> ++asked[0] == 2, BUDGET);
        assertEquals(Confidence.FINAL, passing.getFirst().confidence());
        assertEquals(3, asked[0]);

        final List<Standing<Integer>> staying = run(contenders(4, new SplittableRandom(4)), () -> true, BUDGET);
        assertEquals(Confidence.NOISY, staying.getFirst().confidence());
    }

    /** A clock that changes while things are measured changes for all of them: the order stays right. */
    @Test
    void aChangingClockDoesNotDeceive() {
        for (int trial = 0; trial < 20; trial++) {
            final SplittableRandom random = new SplittableRandom(trial);
            final List<Contender<Integer>> contenders = IntStream.range(0, 6)
                    .mapToObj(number -> new Contender<>(number, () -> {
                        final double boost = clock.nanos() / 500_000_000 % 2 == 0 ? 1 : 1.3;
                        clock.pass(40_000 * (1 + 0.02 * number) * boost * (1 + 0.005 * random.nextGaussian()));
                    }))
                    .toList();
            assertEquals(0, run(contenders, Noise.none(), BUDGET).getFirst().candidate());
        }
    }

    @Test
    void nobodyIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> run(List.of(), Noise.none(), BUDGET));
    }
}
