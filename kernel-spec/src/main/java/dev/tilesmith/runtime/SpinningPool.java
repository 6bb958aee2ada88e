package dev.tilesmith.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Threads that stay awake for a while after their work, so that the next is begun within a microsecond. To wake a thread
 * that sleeps takes tens of them, which is more than many a product takes as a whole.
 *
 * <p>No lock is taken on the way, for one that two threads ask for puts one of them to sleep.
 *
 * <p>For programs that compute one product after the other, as inference does. A thread that waits awake takes all of a
 * CPU's time: give no more threads than there are CPUs to spare, beside the calling one.
 */
public final class SpinningPool implements Executor, AutoCloseable {
    /** As long as nanoseconds can say. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

    /** A thread is in it before it looks for a task the last time, and a task in its queue before sleepers are looked for. */
    private final Queue<Thread> sleepers = new ConcurrentLinkedQueue<>();

    private final long spinNanos;
    private final List<Thread> threads;
    private volatile boolean closed;

    /** What was handed over, as itself: a user's task may be handed over twice, and be equal to others. */
    private static final class Task {
        private final Runnable work;

        Task(Runnable work) {
            this.work = work;
        }
    }

    /**
     * Starts threads; as daemons, which do not keep a JVM from ending.
     *
     * @param count how many, 1 or more
     * @param spin how long a thread stays awake without work, 292 years at most
     */
    public SpinningPool(int count, Duration spin) {
        this(count, spin, Thread.ofPlatform().daemon().name("tilesmith-", 1).factory());
    }

    /** Starts threads that {@code factory} makes. Where one cannot be started, those before it end. */
    SpinningPool(int count, Duration spin, ThreadFactory factory) {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + "; expected 1 or more");
        }
        if (spin.isNegative() || spin.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("spin: " + spin + "; expected 0 to " + LONGEST);
        }
        this.spinNanos = spin.toNanos();
        this.threads = IntStream.range(0, count)
                .mapToObj(_ -> factory.newThread(this::work))
                .toList();
        try {
            threads.forEach(Thread::start);
        } catch (Throwable e) {
            end();
            throw e;
        }
    }

    /**
     * Hands a task to the next free thread. What it throws is told to the thread's uncaught exception handler.
     *
     * @throws RejectedExecutionException if the pool is closed
     */
    @Override
    public void execute(Runnable work) {
        final Task task = new Task(Objects.requireNonNull(work, "work"));
        if (closed) {
            throw new RejectedExecutionException("the pool is closed");
        }
        tasks.add(task);
        // Closed in between, the threads may have looked for the last time before the task was there.
        if (closed && tasks.remove(task)) {
            throw new RejectedExecutionException("the pool is closed");
        }
        wakeOne();
    }

    private void wakeOne() {
        final Thread sleeper = sleepers.poll();
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /**
     * Ends the threads when what was handed over is done, and waits for that; but a task of the pool's own that closes it,
     * which would wait for itself, waits for nothing.
     */
    @Override
    public void close() {
        end();
        if (!threads.contains(Thread.currentThread())) {
            awaitThreads();
        }
    }

    private void end() {
        closed = true;
        threads.forEach(LockSupport::unpark);
    }

    private void awaitThreads() {
        boolean interrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        boolean more = true;
        while (more) {
            try {
                more = runNext();
            } catch (Throwable e) {
                tell(e);
            }
        }
    }

    /** Runs a task; false when the pool is closed and all are done. */
    private boolean runNext() {
        final Optional<Task> task = next();
        Thread.interrupted(); // an interrupt was for the task before
        task.ifPresent(found -> found.work.run());
        return task.isPresent();
    }

    /** A task that fails is its owner's matter: the thread goes on, and the failure is told as that of a thread is. */
    private static void tell(Throwable failure) {
        final Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable _) {
            // what a handler throws goes nowhere, as the JVM has it
        }
    }

    /** The next task; none when the pool is closed and all are done. */
    private Optional<Task> next() {
        Optional<Task> task = spin();
        while (task.isEmpty() && !closed) {
            task = sleep();
        }
        return task.isPresent() ? task : Optional.ofNullable(tasks.poll());
    }

    private Optional<Task> spin() {
        final long start = System.nanoTime();
        do {
            final Task task = tasks.poll();
            if (task != null) {
                return Optional.of(task);
            }
            Thread.onSpinWait();
        } while (!closed && System.nanoTime() - start < spinNanos);
        return Optional.empty();
    }

    private Optional<Task> sleep() {
        final Thread self = Thread.currentThread();
        Thread.interrupted(); // parking with it would be waiting awake
        sleepers.add(self);
        Optional<Task> task = Optional.ofNullable(tasks.poll());
        if (task.isEmpty() && !closed) {
            LockSupport.park(this);
            task = Optional.ofNullable(tasks.poll());
        }
        // Whoever took this thread from the sleepers meant to wake one for a task: is that one still there, another
        // must.
        if (!sleepers.remove(self) && !tasks.isEmpty()) {
            wakeOne();
        }
        return task;
    }
}
