package dev.tilesmith.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** Parts of a piece of work, all at once: the first on the calling thread, which then waits awake for the others. */
final class Parts {
    private Parts() {}

    /** Runs parts 0 to {@code count - 1}, all but the first on {@code pool}. */
    static void run(Executor pool, int count, IntConsumer part) {
        final CountDownLatch others = new CountDownLatch(count - 1);
        for (int i = 1; i < count; i++) {
            final int other = i;
            pool.execute(() -> {
                part.accept(other);
                others.countDown();
            });
        }
        part.accept(0);
        while (others.getCount() > 0) {
            Thread.onSpinWait();
        }
    }
}
