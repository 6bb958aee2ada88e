package dev.tilesmith.kernel.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one piece of work that any thread may take, each once. The calling thread is among those that do.
 *
 * <p>The executor is the user's, and may do anything. A helper that it does not take, or does not run, is not waited for; one
 * that it runs late, or a second time, does nothing. One that has begun is waited for, whatever happens: when a call ends,
 * no part runs.
 *
 * <p>Any thread may be near the end of its stack, where every call can fail, even that which says that it did. So what the
 * end of a helper and the wait for it need are fields, which are read and written without a call.
 */
public final class PartRunner {
    /** More than any machine has CPUs: so many parts are counted, listed and handed out in no time. */
    public static final int MOST_THREADS = 1 << 11;

    private static final Logger LOG = System.getLogger(PartRunner.class.getName());
    private static final int SPINS = 20_000;

    /** How long the caller sleeps at most: a helper without stack cannot wake it. */
    private static final long NAP_NANOS = 5_000_000;

    private final int parts;
    private final IntConsumer work;
    private final AtomicIntegerArray taken;
    private final Helper[] helpers;
    private final Thread caller = Thread.currentThread();

    /** No part is begun any more: all are taken, or one failed. */
    private volatile boolean stopped;

    /** What the executor threw. */
    private @Nullable Throwable refusal;

    private PartRunner(int parts, int threads, IntConsumer work) {
        this.parts = parts;
        this.work = work;
        this.taken = new AtomicIntegerArray(parts);
        this.helpers = new Helper[Math.max(0, Math.min(threads, parts) - 1)];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper((int) (parts * (i + 1L) / (helpers.length + 1)));
        }
    }

    /** A share of the work for one more thread: parts from {@code first} on. */
    private final class Helper implements Runnable {
        private final int first;
        private final AtomicBoolean begun = new AtomicBoolean();

        /** Written before {@link #stopped} is read, which the caller writes before it reads this. */
        private volatile boolean running;

        private @Nullable Throwable failure;

        Helper(int first) {
            this.first = first;
        }

        @Override
        public void run() {
            if (stopped || !begun.compareAndSet(false, true)) {
                return;
            }
            running = true;
            try {
                takeParts(first);
            } catch (Throwable e) {
                failure = e;
                stopped = true;
            }
            running = false;
            LockSupport.unpark(caller);
        }
    }

    /**
     * Does {@code work} for each of {@code parts} parts, on up to {@code threads} threads, and returns when the last is
     * done. What the executor does not take, the calling thread does. What a part throws is thrown when no other runs any
     * more; none is begun after it.
     */
    public static void run(int parts, Executor executor, int threads, IntConsumer work) {
        new PartRunner(parts, threads, work).run(executor);
    }

    private void run(Executor executor) {
        Throwable failure = null;
        try {
            handOut(executor);
            takeParts(0);
        } catch (Throwable e) {
            failure = e;
        }
        stopped = true;
        try {
            awaitHelpers();
        } catch (Throwable e) {
            failure = failure == null ? e : failure;
        }
        for (final Helper helper : helpers) {
            while (helper.running) {
                // awake, for there was no stack to sleep by
            }
        }
        end(failure);
    }

    private void handOut(Executor executor) {
        try {
            for (final Helper helper : helpers) {
                executor.execute(helper);
            }
        } catch (Throwable e) {
            refusal = e; // the calling thread does what nobody else takes
        }
    }

    /**
     * Takes the parts that nobody has taken, from {@code first} on: so that in call after call a thread writes what it
     * wrote before, which lies in its cache.
     */
    private void takeParts(int first) {
        for (int i = 0; i < parts && !stopped; i++) {
            final int part = (int) (((long) first + i) % parts);
            if (taken.compareAndSet(part, 0, 1)) {
                work.accept(part);
            }
        }
    }

    /** A part takes microseconds as a rule, and waking a parked thread takes as long: spin first. */
    private void awaitHelpers() {
        boolean interrupted = false;
        int spins = SPINS;
        for (final Helper helper : helpers) {
            while (helper.running && spins-- > 0) {
                Thread.onSpinWait();
            }
            while (helper.running) {
                LockSupport.parkNanos(this, NAP_NANOS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            caller.interrupt();
        }
    }

    /** Throws what was thrown by parts: the first, which tells of the others. Parts of the calling thread come first. */
    @SuppressWarnings("ReferenceEquality") // nothing may tell of itself
    private void end(@Nullable Throwable own) {
        Throwable thrown = own;
        for (final Helper helper : helpers) {
            final Throwable other = helper.failure;
            if (thrown == null) {
                thrown = other;
            } else if (other != null && other != thrown) {
                thrown.addSuppressed(other);
            }
        }
        switch (thrown) {
            case null -> tellRefusal();
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** To reject is an executor's right; anything else is a fault, which is logged where its owner looks for one. */
    private void tellRefusal() {
        Optional.ofNullable(refusal)
                .filter(thrown -> !(thrown instanceof RejectedExecutionException))
                .ifPresent(thrown -> LOG.log(
                        Level.DEBUG, "executor: it failed to take a task; the calling thread did its work", thrown));
    }
}
