package dev.tilesmith.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.packing.Packing;
import dev.tilesmith.runtime.SpinningPool;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an executor does: each part is done once, and when a call ends, no part runs. */
final class PartRunnerTest {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    @AfterAll
    static void endThreads() {
        THREADS.shutdownNow();
    }

    /** Counts how often each part was done, and how many are being done. */
    private static final class Counted implements IntConsumer {
        private final AtomicIntegerArray done;
        private final AtomicInteger running = new AtomicInteger();
        private final IntConsumer within;

        Counted(int parts, IntConsumer within) {
            this.done = new AtomicIntegerArray(parts);
            this.within = within;
        }

        @Override
        public void accept(int part) {
            running.incrementAndGet();
            try {
                within.accept(part);
                done.incrementAndGet(part);
            } finally {
                running.decrementAndGet();
            }
        }

        void assertEachOnce(String what) {
            assertEquals(0, running.get(), () -> what + ": parts run after the end");
            for (int part = 0; part < done.length(); part++) {
                assertEquals(1, done.get(part), what + ": part " + part);
            }
        }

        int doneParts() {
            int sum = 0;
            for (int part = 0; part < done.length(); part++) {
                sum += done.get(part);
            }
            return sum;
        }
    }

    @Test
    void inAnyOrderOfEventsEachPartIsDoneOnce() {
        for (long seed = 0; seed < 100_000; seed++) {
            final Random random = new Random(seed);
            final int parts = 1 + random.nextInt(12);
            final HostileExecutor executor = new HostileExecutor(seed);
            final Counted work = new Counted(parts, _ -> executor.interleave());
            PartRunner.run(parts, executor, 1 + random.nextInt(6), work);
            work.assertEachOnce("seed " + seed);
            executor.runLate();
            work.assertEachOnce("seed " + seed + ", run late");
        }
    }

    @Test
    void inAnyOrderOfEventsAFailureEndsTheWork() {
        for (long seed = 0; seed < 100_000; seed++) {
            final Random random = new Random(seed);
            final int parts = 1 + random.nextInt(12);
            final int failing = random.nextInt(parts);
            final HostileExecutor executor = new HostileExecutor(seed);
            final IllegalStateException failure = new IllegalStateException("meant to be thrown");
            final AtomicBoolean failed = new AtomicBoolean();
            final Counted work = new Counted(parts, part -> {
                assertTrue(!failed.get(), "a part is begun after one failed");
                executor.interleave();
                if (part == failing) {
                    failed.set(true);
                    throw failure;
                }
            });
            final int threads = 1 + random.nextInt(6);
            assertSame(
                    failure,
                    assertThrows(IllegalStateException.class, () -> PartRunner.run(parts, executor, threads, work)));
            final int done = work.doneParts();
            executor.runLate();
            assertEquals(done, work.doneParts(), "parts run late, seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatAnExecutorThrowsEndsNothing(int kind) {
        for (int until = 0; until < 4; until++) {
            final AtomicInteger taken = new AtomicInteger(until);
            final CountDownLatch begun = new CountDownLatch(until == 0 ? 0 : 1);
            final Executor executor = task -> {
                if (taken.getAndDecrement() <= 0) {
                    awaitQuietly(begun);
                    throw HostileExecutor.thrown(kind);
                }
                THREADS.execute(task);
            };
            final Counted work = new Counted(40, _ -> {
                begun.countDown();
                sleep();
            });
            PartRunner.run(40, executor, 5, work);
            work.assertEachOnce("after " + until + " tasks");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatAnExecutorThrowsEndsNoPacking(int kind) {
        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicBoolean once = new AtomicBoolean();
        final Executor executor = task -> {
            if (once.getAndSet(true)) {
                awaitQuietly(begun);
                throw HostileExecutor.thrown(kind);
            }
            THREADS.execute(task);
        };
        final Counted work = new Counted(50, _ -> {
            begun.countDown();
            sleep();
        });
        try (Arena arena = Arena.ofShared()) {
            new Packing(arena, executor, 4).run(50, (first, end) -> {
                for (int panel = first; panel < end; panel++) {
                    work.accept(panel);
                }
            });
            work.assertEachOnce("packing");
        }
    }

    @Test
    void aFailureIsThrownWhenNoPartRuns() {
        final IllegalStateException first = new IllegalStateException("meant to be thrown");
        final CountDownLatch two = new CountDownLatch(2);
        final Counted work = new Counted(100, part -> {
            two.countDown();
            awaitQuietly(two);
            if (part == 0) {
                throw first;
            }
            sleep();
        });
        assertSame(first, assertThrows(first.getClass(), () -> PartRunner.run(100, THREADS, 2, work)));
        assertEquals(0, work.running.get());
        assertTrue(work.doneParts() <= 2, () -> work.doneParts() + " parts went on");
    }

    @Test
    void allFailuresAreTold() {
        final CountDownLatch all = new CountDownLatch(3);
        final Throwable thrown = assertThrows(
                IllegalStateException.class,
                () -> PartRunner.run(3, THREADS, 3, part -> {
                    all.countDown();
                    awaitQuietly(all);
                    throw new IllegalStateException("part " + part);
                }));
        final List<String> told = new ArrayList<>(List.of(String.valueOf(thrown.getMessage())));
        for (final Throwable other : thrown.getSuppressed()) {
            told.add(String.valueOf(other.getMessage()));
        }
        assertEquals(
                List.of("part 0", "part 1", "part 2"), told.stream().sorted().toList());
    }

    @Test
    void anInterruptedCallerWaitsAndStaysInterrupted() {
        final CountDownLatch begun = new CountDownLatch(2);
        final Counted work = new Counted(2, _ -> {
            begun.countDown();
            awaitQuietly(begun);
            sleep();
        });
        try {
            PartRunner.run(2, THREADS, 2, part -> {
                work.accept(part);
                if (part == 0) {
                    Thread.currentThread().interrupt();
                }
            });
            work.assertEachOnce("interrupted");
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    /** At every distance from the end of a worker's stack that frames of several sizes give. */
    @Test
    void aWorkerAtTheEndOfItsStackHoldsUpNobody() {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int pad = 0; pad < 120; pad++) {
                final int words = pad % 40;
                final Executor executor = task -> THREADS.execute(() -> atEndOfStack(words, task));
                final Counted work = new Counted(8, part -> {
                    descend(part * 3);
                    sleep();
                });
                try {
                    PartRunner.run(8, executor, 3, work);
                    work.assertEachOnce("pad " + pad);
                } catch (StackOverflowError _) {
                    assertEquals(0, work.running.get(), "parts run after the end");
                }
            }
        });
    }

    /**
     * The calling thread has no stack for anything, while others still run. The executor takes no lock: at the end of its stack a
     * thread can take one of the JDK's and never give it back.
     */
    @Test
    void aCallerAtTheEndOfItsStackWaitsForTheOthers() {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            try (SpinningPool pool = new SpinningPool(2, Duration.ofMillis(1))) {
                for (int pad = 0; pad < 60; pad++) {
                    assertWaitsAtTheEndOfTheStack(pool, pad % 40);
                }
            }
        });
    }

    private static void assertWaitsAtTheEndOfTheStack(Executor executor, int words) {
        final Counted work = new Counted(8, part -> {
            descend(part * 3);
            sleep();
        });
        final AtomicInteger runningAfter = new AtomicInteger();
        atEndOfStack(words, () -> {
            try {
                PartRunner.run(8, executor, 3, work);
            } catch (StackOverflowError e) {
                runningAfter.addAndGet(work.running.get());
                throw e;
            }
        });
        assertEquals(0, runningAfter.get(), "parts run after the end");
    }

    /** Runs a task with no stack left, then with a frame's more, until one such run does not overflow. */
    private static void atEndOfStack(int words, Runnable task) {
        try {
            frame(words, task);
        } catch (StackOverflowError _) {
            task.run();
        }
    }

    private static void frame(int words, Runnable task) {
        if (words % 2 == 0) {
            atEndOfStack(words, task);
        } else {
            wideFrame(words, words, words, words, words, words, task);
        }
    }

    @SuppressWarnings("unused")
    private static void wideFrame(long a, long b, long c, long d, long e, long f, Runnable task) {
        atEndOfStack((int) a >> 1, task);
    }

    private static int descend(int frames) {
        return frames <= 0 ? 0 : 1 + descend(frames - 1);
    }

    /** Threads that do as they like, for two seconds: a part that runs after the end, or a call that has none, is found. */
    @Test
    void underStressEachPartIsDoneOnce() {
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            final long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            for (long seed = 0; System.nanoTime() < end; seed++) {
                final Random random = new Random(seed);
                final int parts = 1 + random.nextInt(20);
                final int failing = random.nextInt(4) == 0 ? random.nextInt(parts) : -1;
                final Counted work = new Counted(parts, part -> {
                    descend(part);
                    if (part == failing) {
                        throw new IllegalStateException("meant to be thrown");
                    }
                });
                final Executor executor = hostile(random);
                if (failing < 0) {
                    PartRunner.run(parts, executor, 4, work);
                    work.assertEachOnce("seed " + seed);
                } else {
                    assertThrows(IllegalStateException.class, () -> PartRunner.run(parts, executor, 4, work));
                    assertEquals(0, work.running.get(), "parts run after the end");
                }
            }
        });
    }

    private static Executor hostile(Random random) {
        return task -> {
            switch (random.nextInt(6)) {
                case 0 -> throw HostileExecutor.thrown(random.nextInt(6));
                case 1 -> task.run();
                case 2 -> {
                    THREADS.execute(task);
                    THREADS.execute(task);
                }
                case 3 -> {
                    THREADS.execute(task);
                    throw HostileExecutor.thrown(random.nextInt(6));
                }
                case 4 ->
                    THREADS.execute(() -> {
                        sleep();
                        task.run();
                    });
                default -> THREADS.execute(task);
            }
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
