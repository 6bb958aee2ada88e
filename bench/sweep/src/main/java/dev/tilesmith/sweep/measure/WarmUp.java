package dev.tilesmith.sweep.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs work until the JIT leaves it alone. A fixed time would be long for a library's call, and short for vectorized
 * Java, which is a thousand times slower before it is compiled than after.
 *
 * @param window how long work is repeated before the JIT is looked at
 * @param calm so many windows on end must pass without a compilation
 * @param most after so many windows it is enough in any case
 */
public record WarmUp(Duration window, int calm, int most) {
    /** For what is measured in a JVM of its own. */
    public static final WarmUp THOROUGH = new WarmUp(Duration.ofMillis(80), 4, 100);

    /** For one of many that share most of their code: the turns of a sweep warm up what is left. */
    public static final WarmUp BRIEF = new WarmUp(Duration.ofMillis(8), 3, 60);

    /** Repeats {@code work} until several windows on end have passed without a compilation. */
    public void untilCalm(Runnable work) {
        final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        int calmed = 0;
        for (int i = 0; i < most && calmed < calm; i++) {
            final long before = compiler.getTotalCompilationTime();
            repeat(work);
            calmed = compiler.getTotalCompilationTime() == before ? calmed + 1 : 0;
        }
    }

    private void repeat(Runnable work) {
        final long start = System.nanoTime();
        do {
            work.run();
        } while (System.nanoTime() - start < window.toNanos());
    }
}
