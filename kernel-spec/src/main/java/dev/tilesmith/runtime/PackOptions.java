package dev.tilesmith.runtime;

import dev.tilesmith.tune.ShapeClass;
import java.lang.foreign.Arena;
import java.util.concurrent.Executor;

/**
 * How weights are packed: into which memory, on how many threads, and for what. Where a kernel has several packings, one is
 * best for products of few rows and another for many: {@code expectedRows} chooses. All serve products of any number of rows,
 * with the same bits.
 *
 * @param arena what the packed weights live as long as
 * @param executor where parts of the work may run besides the calling thread
 * @param threads on how many threads at most, the calling one among them
 * @param expectedRows how many rows products with these weights will mostly have
 */
public record PackOptions(Arena arena, Executor executor, int threads, int expectedRows) {
    /**
     * The rows that are expected where nothing is said: so few that what serves them best is no bad choice for one row, nor for
     * many.
     */
    public static final int ROWS_UNLESS_TOLD = ShapeClass.Rows.MOST_FEW;

    /** Checks the counts. */
    public PackOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; expected 1 or more");
        }
        if (expectedRows < 1) {
            throw new IllegalArgumentException("expectedRows: " + expectedRows + "; expected 1 or more");
        }
    }

    /** Packing on the calling thread, into memory that lives as long as {@code arena}. */
    public static PackOptions in(Arena arena) {
        return new PackOptions(arena, Runnable::run, 1, ROWS_UNLESS_TOLD);
    }

    /** Packing on the calling thread, into memory that is freed when the packed weights are no longer reachable. */
    public static PackOptions automatic() {
        return in(Arena.ofAuto());
    }

    /** These options on up to {@code most} threads: the calling one, and {@code pool}'s. The bytes do not depend on how many. */
    public PackOptions on(Executor pool, int most) {
        return new PackOptions(arena, pool, most, expectedRows);
    }

    /** These options for products that will mostly have so many rows. */
    public PackOptions expecting(int rows) {
        return new PackOptions(arena, executor, threads, rows);
    }
}
