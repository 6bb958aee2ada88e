package dev.tilesmith.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** A thread is in it before it looks for a task the last time, and a task in its queue before sleepers are looked for. */
    private final Queue<Thread> sleepers = new ConcurrentLinkedQueue<>();

    private final long spinNanos;
    private final List<Thread> threads;
    private volatile boolean closed;

    /**
     * Starts threads; as daemons, which do not keep a JVM from ending.
     *
     * @param count how many, 1 or more
     * @param spin how long a thread stays awake without work
     */
    public SpinningPool(int count, Duration spin) {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + "; expected 1 or more");
        }
        if (spin.isNegative()) {
            throw new IllegalArgumentException("spin: " + spin + "; expected 0 or more");
        }
        this.spinNanos = spin.toNanos();
        this.threads = IntStream.range(0, count)
                .mapToObj(i -> Thread.ofPlatform()
                        .daemon()
                        .name("tilesmith-" + (i + 1))
                        .unstarted(this::work))
                .toList();
        threads.forEach(Thread::start);
    }

    /**
     * Hands a task to the next free thread.
     *
     * @throws RejectedExecutionException if the pool is closed
     */
    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the pool is closed");
        }
        tasks.add(task);
        final Thread sleeper = sleepers.poll();
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Ends the threads when what was handed over is done, and waits for that. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
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
        for (Optional<Runnable> task = next(); task.isPresent(); task = next()) {
            run(task.get());
        }
    }

    /** A task that fails is its owner's matter: the thread goes on, and the failure is reported as a thread's is. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** The next task; none when the pool is closed and all are done. */
    private Optional<Runnable> next() {
        Optional<Runnable> task = spin();
        while (task.isEmpty() && !closed) {
            task = sleep();
        }
        return task.isPresent() ? task : Optional.ofNullable(tasks.poll());
    }

    private Optional<Runnable> spin() {
        final long start = System.nanoTime();
        do {
            final Runnable task = tasks.poll();
            if (task != null) {
                return Optional.of(task);
            }
            Thread.onSpinWait();
        } while (!closed && System.nanoTime() - start < spinNanos);
        return Optional.empty();
    }

    private Optional<Runnable> sleep() {
        final Thread self = Thread.currentThread();
        sleepers.add(self);
        Optional<Runnable> task = Optional.ofNullable(tasks.poll());
        if (task.isEmpty() && !closed) {
            LockSupport.park(this);
            task = Optional.ofNullable(tasks.poll());
        }
        sleepers.remove(self);
        // An interrupt is for the task that was running: parking with it would be waiting awake.
        Thread.interrupted();
        return task;
    }
}
