package dev.tilesmith.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Parts of one piece of work that any thread may take, each once. The calling thread is among those that do. */
final class PartRunner {
    private static final int SPINS = 20_000;

    private final int parts;
    private final IntConsumer work;
    private final AtomicIntegerArray taken;
    private final AtomicInteger unfinished;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread caller = Thread.currentThread();

    private PartRunner(int parts, IntConsumer work) {
        this.parts = parts;
        this.work = work;
        this.taken = new AtomicIntegerArray(parts);
        this.unfinished = new AtomicInteger(parts);
    }

    /**
     * Does {@code work} for each of {@code parts} parts, on up to {@code threads} threads, and returns when the last is
     * done. What a part throws is thrown then.
     */
    static void run(int parts, Executor executor, int threads, IntConsumer work) {
        new PartRunner(parts, work).run(executor, Math.min(threads, parts));
    }

    private void run(Executor executor, int threads) {
        for (int i = 1; i < threads; i++) {
            try {
                final int first = (int) ((long) parts * i / threads);
                executor.execute(() -> takeParts(first));
            } catch (RejectedExecutionException _) {
                break; // the calling thread does what nobody else takes
            }
        }
        takeParts(0);
        awaitOthers();
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /**
     * Takes the parts that nobody has taken, from {@code first} on: so that in call after call a thread writes what it
     * wrote before, which lies in its cache.
     */
    private void takeParts(int first) {
        for (int i = 0; i < parts; i++) {
            final int part = (first + i) % parts;
            if (taken.compareAndSet(part, 0, 1)) {
                take(part);
            }
        }
    }

    private void take(int part) {
        try {
            work.accept(part);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }
    }

    /** A part takes microseconds as a rule, and waking a parked thread takes as long: spin first. */
    private void awaitOthers() {
        for (int spin = 0; spin < SPINS && unfinished.get() > 0; spin++) {
            Thread.onSpinWait();
        }
        boolean interrupted = false;
        while (unfinished.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            caller.interrupt();
        }
    }
}
