package dev.tilesmith.sample.search;

import java.util.concurrent.Callable;

/**
 * A result and how fast it came.
 *
 * @param result what the task gave, the same every time
 * @param bestSeconds how long its best run took
 */
record Timing<T>(T result, double bestSeconds) {
    private static final double NANOS = 1e9;

    /** Runs a task once, and then again and again for {@code seconds}. */
    static <T> Timing<T> of(double seconds, Callable<T> task) throws Exception {
        final long start = System.nanoTime();
        final T result = task.call();
        final long end = System.nanoTime();
        double best = (end - start) / NANOS;
        while (System.nanoTime() - end < seconds * NANOS) {
            final long again = System.nanoTime();
            task.call();
            best = Math.min(best, (System.nanoTime() - again) / NANOS);
        }
        return new Timing<>(result, best);
    }
}
