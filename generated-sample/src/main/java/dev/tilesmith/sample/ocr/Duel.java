package dev.tilesmith.sample.ocr;

import java.util.concurrent.Callable;

/**
 * How long two tasks take, in turns.
 *
 * @param firstMillis the best run of the first
 * @param secondMillis the best run of the second
 */
record Duel(double firstMillis, double secondMillis) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS = 1e3;

    /** Runs both, again and again, for so many seconds each together. */
    static Duel of(double seconds, Callable<?> first, Callable<?> second) throws Exception {
        double bestOfFirst = Double.POSITIVE_INFINITY;
        double bestOfSecond = Double.POSITIVE_INFINITY;
        double spent = 0;
        while (spent < 2 * seconds * MILLIS) {
            final double ours = millis(first);
            final double theirs = millis(second);
            bestOfFirst = Math.min(bestOfFirst, ours);
            bestOfSecond = Math.min(bestOfSecond, theirs);
            spent += ours + theirs;
        }
        return new Duel(bestOfFirst, bestOfSecond);
    }

    private static double millis(Callable<?> task) throws Exception {
        final long start = System.nanoTime();
        task.call();
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }
}
