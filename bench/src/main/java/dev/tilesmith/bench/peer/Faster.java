package dev.tilesmith.bench.peer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Picks the fastest of the ways that a library offers for the same work, as a user who cares would. */
final class Faster {
    private static final int ROUNDS = 3;
    private static final long ROUND_NANOS = 20_000_000;

    private Faster() {}

    /** The fastest by a short trial; the others are closed. All must write the same result. */
    static Prepared of(Prepared... ways) {
        for (final Prepared way : ways) {
            way.run(); // first calls generate code and start threads
        }
        final double[] best = new double[ways.length];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < ways.length; i++) {
                best[i] = Math.min(best[i], nanosPerRun(ways[i]));
            }
        }
        final int fastest = IntStream.range(0, ways.length)
                .boxed()
                .min(Comparator.comparingDouble(i -> best[i]))
                .orElseThrow();
        for (int i = 0; i < ways.length; i++) {
            if (i != fastest) {
                ways[i].close();
            }
        }
        return ways[fastest];
    }

    private static double nanosPerRun(Prepared way) {
        final long start = System.nanoTime();
        long runs = 0;
        long elapsed;
        do {
            way.run();
            runs++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < ROUND_NANOS);
        return (double) elapsed / runs;
    }
}
