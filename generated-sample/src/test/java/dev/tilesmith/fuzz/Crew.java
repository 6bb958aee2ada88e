package dev.tilesmith.fuzz;

import dev.tilesmith.runtime.SpinningPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Executors as they are met with, and as they are not hoped for. */
final class Crew {
    private static final int THREADS = 2;
    private static final ExecutorService POOL =
            Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory());
    private static final SpinningPool SPINNING = new SpinningPool(THREADS, Duration.ofNanos(20_000));

    private final Kind kind;
    private final List<Runnable> late = new ArrayList<>();
    private final List<Thread> started = new ArrayList<>();
    private int calls;

    /** What an executor does with a task. */
    enum Kind {
        INLINE,
        POOL,
        SPINNING,
        THREAD_EACH,
        /** Takes no task. */
        REJECTS,
        /** Takes some tasks. */
        REJECTS_LATER,
        /** Runs a task after the call has returned. */
        LATE,
        /** Runs a task in the calling thread, and in another. */
        TWICE,
        /** Fails with an exception of its own, after some tasks. */
        THROWS,
        /** Fails with an error of its own, after some tasks. */
        THROWS_ERROR
    }

    /** Thrown by an executor. */
    static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown by an executor. */
    static final class OwnError extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Crew(Kind kind) {
        this.kind = kind;
    }

    static Crew draw(Draw draw) {
        return new Crew(draw.note("executor", draw.of(Kind.values())));
    }

    Executor executor() {
        return this::execute;
    }

    private void execute(Runnable task) {
        calls++;
        switch (kind) {
            case INLINE -> task.run();
            case POOL -> POOL.execute(task);
            case SPINNING -> SPINNING.execute(task);
            case THREAD_EACH -> started.add(Thread.ofPlatform().start(task));
            case REJECTS -> throw new RejectedExecutionException("none is taken");
            case REJECTS_LATER -> {
                if (calls > 1) {
                    throw new RejectedExecutionException("no more are taken");
                }
                POOL.execute(task);
            }
            case LATE -> late.add(task);
            case TWICE -> {
                POOL.execute(task);
                task.run();
            }
            case THROWS -> {
                POOL.execute(task);
                throw new OwnException();
            }
            case THROWS_ERROR -> {
                if (calls > 1) {
                    throw new OwnError();
                }
                POOL.execute(task);
            }
        }
    }

    /** Returns when nothing runs any more of what was handed over, and what was not has run. */
    void settle() throws InterruptedException {
        late.forEach(Runnable::run);
        late.clear();
        for (final Thread thread : started) {
            thread.join();
        }
        if (calls > 0 && kind != Kind.INLINE) {
            settle(POOL);
            settle(SPINNING);
        }
    }

    /** Occupies all threads at once. */
    private static void settle(Executor pool) throws InterruptedException {
        final CountDownLatch all = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            pool.execute(() -> {
                all.countDown();
                try {
                    all.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        all.await();
    }
}
