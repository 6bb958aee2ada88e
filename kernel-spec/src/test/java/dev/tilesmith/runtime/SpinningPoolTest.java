package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every task is run, awake or asleep, and the end waits for all. */
final class SpinningPoolTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 50_000_000})
    void everyTaskRunsOnce(long spinNanos) {
        final AtomicInteger count = new AtomicInteger();
        try (SpinningPool pool = new SpinningPool(2, Duration.ofNanos(spinNanos))) {
            for (int i = 0; i < 10_000; i++) {
                pool.execute(count::incrementAndGet);
            }
        }
        assertEquals(10_000, count.get());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void tasksRunAtTheSameTime(long spinNanos) throws InterruptedException {
        final CountDownLatch all = new CountDownLatch(3);
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (SpinningPool pool = new SpinningPool(3, Duration.ofNanos(spinNanos))) {
            TimeUnit.MILLISECONDS.sleep(5); // longer than they stay awake
            for (int i = 0; i < 3; i++) {
                pool.execute(() -> {
                    threads.add(Thread.currentThread());
                    all.countDown();
                    awaitQuietly(all);
                });
            }
            assertTrue(all.await(10, TimeUnit.SECONDS));
        }
        assertEquals(3, threads.size());
        threads.forEach(thread -> assertFalse(thread.isAlive()));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000})
    void aTaskThatFailsOrInterruptsItsThreadIsNotTheLast(long spinNanos) {
        final AtomicInteger count = new AtomicInteger();
        try (SpinningPool pool = new SpinningPool(1, Duration.ofNanos(spinNanos))) {
            pool.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> count.incrementAndGet());
                throw new IllegalStateException("meant to be thrown");
            });
            pool.execute(() -> Thread.currentThread().interrupt());
            pool.execute(count::incrementAndGet);
        }
        assertEquals(2, count.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void withoutThreadsItIsRefused(int count) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new SpinningPool(count, Duration.ZERO))
                .getMessage()
                .startsWith("count: " + count));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void closedItTakesNothing(int count) {
        final SpinningPool pool = new SpinningPool(count, Duration.ZERO);
        pool.close();
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
    }
}
