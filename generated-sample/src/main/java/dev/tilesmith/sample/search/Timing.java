package dev.tilesmith.sample.search;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * A result and how fast it came.
 *
 * @param result what the task gave, the same every time
 * @param firstSeconds how long its first run took, in a JVM that had not seen it
 * @param bestSeconds how long its best run took
 */
record Timing<T>(T result, double firstSeconds, double bestSeconds) {
    private static final double NANOS = 1e9;

    /** Runs a task once, and then again and again for {@code seconds}. */
    static <T> Timing<T> of(double seconds, Callable<T> task) throws Exception {
        final long start = System.nanoTime();
        final T result = task.call();
        final long end = System.nanoTime();
        final double first = (end - start) / NANOS;
        double best = first;
        while (System.nanoTime() - end < seconds * NANOS) {
            final long again = System.nanoTime();
            task.call();
            best = Math.min(best, (System.nanoTime() - again) / NANOS);
        }
        return new Timing<>(result, first, best);
    }

    /** Tokens a second, in the best run. */
    String rate(List<int[]> sentences) {
        final int tokens =
                sentences.stream().mapToInt(sentence -> sentence.length).sum();
        return String.format(
                Locale.ROOT,
                "%,d tokens/s (%,d tokens of %,d sentences in %.1f ms; the first time %.1f ms)",
                Math.round(tokens / bestSeconds),
                tokens,
                sentences.size(),
                bestSeconds * 1e3,
                firstSeconds * 1e3);
    }
}
