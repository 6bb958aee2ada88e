package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.thread.HostileExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
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

    /** What was taken is done, and what is not done was refused; whoever hands over while another closes. */
    @ParameterizedTest
    @ValueSource(longs = {0, 20_000})
    void whatIsTakenWhileItClosesIsDone(long spinNanos) throws InterruptedException {
        final long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        for (long seed = 0; System.nanoTime() < end; seed++) {
            final SpinningPool pool = new SpinningPool(1 + (int) (seed % 2), Duration.ofNanos(spinNanos));
            final AtomicInteger taken = new AtomicInteger();
            final AtomicInteger done = new AtomicInteger();
            final CyclicBarrier together = new CyclicBarrier(2);
            final Random random = new Random(seed);
            final Thread giver = Thread.ofPlatform().start(() -> {
                awaitQuietly(together);
                try {
                    while (true) {
                        pool.execute(done::incrementAndGet);
                        taken.incrementAndGet();
                    }
                } catch (RejectedExecutionException _) {
                    // closed
                }
            });
            awaitQuietly(together);
            for (int i = random.nextInt(2000); i > 0; i--) {
                Thread.onSpinWait();
            }
            pool.close();
            giver.join();
            assertEquals(taken.get(), done.get(), "tasks done, of those taken; seed " + seed);
        }
    }

    /** Closing from within: by one task, by tasks on all threads, and while others wait. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aTaskMayCloseItsPool(int closing) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            final Set<Thread> threads = ConcurrentHashMap.newKeySet();
            final AtomicInteger done = new AtomicInteger();
            final SpinningPool pool = new SpinningPool(3, Duration.ofMillis(1));
            final CyclicBarrier together = new CyclicBarrier(closing);
            for (int i = 0; i < closing; i++) {
                pool.execute(() -> {
                    threads.add(Thread.currentThread());
                    awaitQuietly(together);
                    pool.close();
                    done.incrementAndGet();
                });
            }
            while (done.get() < closing) {
                Thread.onSpinWait();
            }
            assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
            pool.close(); // from outside it waits for the threads
            threads.forEach(thread -> assertFalse(thread.isAlive()));
        });
    }

    @Test
    void whatWasTakenBeforeATaskClosesIsDone() {
        final AtomicInteger done = new AtomicInteger();
        final SpinningPool pool = new SpinningPool(1, Duration.ZERO);
        final CountDownLatch all = new CountDownLatch(1);
        pool.execute(() -> awaitQuietly(all));
        pool.execute(pool::close);
        for (int i = 0; i < 100; i++) {
            pool.execute(done::incrementAndGet);
        }
        all.countDown();
        assertTimeoutPreemptively(Duration.ofSeconds(20), pool::close);
        assertEquals(100, done.get());
    }

    /** Throwables of every kind, and a handler that throws them too: 100 of each, and the thread is the same. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noThrowableEndsAThread(boolean handlerThrows) {
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final AtomicInteger handled = new AtomicInteger();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (SpinningPool pool = new SpinningPool(1, Duration.ZERO)) {
                for (int i = 0; i < 600; i++) {
                    final int kind = i % 6;
                    pool.execute(() -> {
                        final Thread thread = Thread.currentThread();
                        threads.add(thread);
                        thread.setUncaughtExceptionHandler((_, _) -> {
                            handled.incrementAndGet();
                            if (handlerThrows) {
                                throw HostileExecutor.thrown(kind);
                            }
                        });
                        throw HostileExecutor.thrown(kind);
                    });
                }
                pool.execute(() -> threads.add(Thread.currentThread()));
            }
        });
        assertEquals(600, handled.get());
        assertEquals(1, threads.size());
    }

    @Test
    void anInterruptIsForTheTaskThatRanAlone() {
        final AtomicInteger interrupted = new AtomicInteger();
        try (SpinningPool pool = new SpinningPool(1, Duration.ofMillis(10))) {
            for (int i = 0; i < 100; i++) {
                pool.execute(() -> Thread.currentThread().interrupt());
                pool.execute(() -> interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0));
            }
        }
        assertEquals(0, interrupted.get());
    }

    /** Tasks that need each other are on as many threads, round after round: no thread sleeps while one waits. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5_000})
    void noTaskWaitsWhileAThreadSleeps(long spinNanos) {
        final AtomicInteger rounds = new AtomicInteger();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            final long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            try (SpinningPool pool = new SpinningPool(3, Duration.ofNanos(spinNanos))) {
                while (System.nanoTime() < end) {
                    final CountDownLatch all = new CountDownLatch(3);
                    for (int i = 0; i < 3; i++) {
                        pool.execute(() -> {
                            all.countDown();
                            awaitQuietly(all);
                        });
                    }
                    awaitQuietly(all);
                    rounds.incrementAndGet();
                }
            }
        });
        assertTrue(rounds.get() > 0);
    }

    /** Threads that cannot be started leave none behind. */
    @Test
    void whereAThreadCannotStartNoneIsLeft() throws InterruptedException {
        final List<Thread> started = new ArrayList<>();
        assertThrows(
                InternalError.class,
                () -> new SpinningPool(3, Duration.ofDays(1), task -> new Thread(task) {
                    @Override
                    public void start() {
                        if (started.size() == 2) {
                            throw new InternalError("meant to be thrown");
                        }
                        started.add(this);
                        super.start();
                    }
                }));
        assertEquals(2, started.size());
        for (final Thread thread : started) {
            thread.join(Duration.ofSeconds(20));
            assertFalse(thread.isAlive());
        }
    }

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
