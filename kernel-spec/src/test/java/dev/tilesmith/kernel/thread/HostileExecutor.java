package dev.tilesmith.kernel.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * An executor that does what executors may not, as a seed has it: it runs a task at once, later, in the midst of a part of
 * another, twice, after all is over, or never; and it throws, before a task is kept or after it. All on one thread, so that a
 * seed is one order of events.
 */
public final class HostileExecutor implements Executor {
    private final Random random;
    private final List<Runnable> kept = new ArrayList<>();

    HostileExecutor(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void execute(Runnable task) {
        final int what = random.nextInt(8);
        if (what == 0) {
            throw thrown(random.nextInt(6));
        }
        if (what <= 2) {
            task.run();
        }
        if (what != 1) {
            kept.add(task); // what was run is kept too: it may be run twice
        }
        if (what == 3) {
            throw thrown(random.nextInt(6));
        }
    }

    /** To be called within a part: perhaps another task begins in its midst. */
    void interleave() {
        while (!kept.isEmpty() && random.nextInt(3) == 0) {
            runAny();
        }
    }

    /** Runs all that was kept, some of it twice. */
    void runLate() {
        while (!kept.isEmpty()) {
            runAny();
        }
    }

    private void runAny() {
        final int index = random.nextInt(kept.size());
        final Runnable task = random.nextInt(4) == 0 ? kept.get(index) : kept.remove(index);
        task.run();
    }

    /** Throws one of all kinds of throwables, checked ones among them. */
    public static RuntimeException thrown(int kind) {
        final Throwable thrown =
                switch (kind) {
                    case 0 -> new RejectedExecutionException("meant to be thrown");
                    case 1 -> new IllegalStateException("meant to be thrown");
                    case 2 -> new InternalError("meant to be thrown");
                    case 3 -> new AssertionError("meant to be thrown");
                    case 4 -> new StackOverflowError("meant to be thrown");
                    default -> new Exception("meant to be thrown, though checked");
                };
        return sneaky(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
