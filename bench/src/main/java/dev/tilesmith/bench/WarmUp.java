package dev.tilesmith.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs work until the JIT leaves it alone. A fixed time would be long for a library's call, and short for vectorized
 * Java, which is a thousand times slower before it is compiled than after.
 */
final class WarmUp {
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
    private static final int CALM_WINDOWS = 4;
    private static final int MOST_WINDOWS = 100;

    private WarmUp() {}

    /** Repeats {@code work} until several windows on end have passed without a compilation. */
    static void untilCalm(Runnable work) {
        final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        int calm = 0;
        for (int window = 0; window < MOST_WINDOWS && calm < CALM_WINDOWS; window++) {
            final long before = compiler.getTotalCompilationTime();
            repeat(work);
            calm = compiler.getTotalCompilationTime() == before ? calm + 1 : 0;
        }
    }

    private static void repeat(Runnable work) {
        final long start = System.nanoTime();
        do {
            work.run();
        } while (System.nanoTime() - start < WINDOW_NANOS);
    }
}
