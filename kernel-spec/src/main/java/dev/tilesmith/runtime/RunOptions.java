package dev.tilesmith.runtime;

import java.util.concurrent.Executor;

/**
 * How one call runs: bounds on its results, the part of the output to compute, on how many threads, and what is checked.
 *
 * @param clampMin lower bound of a result; -∞ for none
 * @param clampMax upper bound of a result; +∞ for none
 * @param firstRow first row of the output to compute
 * @param rows number of rows to compute; -1 for all
 * @param firstColumn first column of the output to compute
 * @param columns number of columns to compute; -1 for all
 * @param executor where parts of the work may run besides the calling thread, which does what it does not take; a call that
 *     ends, by an exception too, has no part running
 * @param parallelism on how many threads at most, the calling one among them
 * @param finiteRows whether rows that are not finite are refused
 */
public record RunOptions(
        float clampMin,
        float clampMax,
        int firstRow,
        int rows,
        int firstColumn,
        int columns,
        Executor executor,
        int parallelism,
        boolean finiteRows) {

    /** All of the output, unbounded, on the calling thread. */
    public static final RunOptions DEFAULT =
            new RunOptions(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0, -1, 0, -1, Runnable::run, 1, false);

    private static final int ALL = -1;

    /** Checks the bounds and the counts. A bound of -0 is taken as +0. */
    public RunOptions {
        if (!(clampMin <= clampMax)) {
            throw new IllegalArgumentException("clamp: [" + clampMin + ", " + clampMax + "] holds no value");
        }
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism: " + parallelism + "; expected 1 or more");
        }
        checkPortion("Row", firstRow, "rows", rows);
        checkPortion("Column", firstColumn, "columns", columns);
        clampMin += 0f; // -0 + +0 is +0
        clampMax += 0f;
    }

    private static void checkPortion(String first, int firstValue, String count, int countValue) {
        if (firstValue < 0) {
            throw new IllegalArgumentException("first" + first + ": " + firstValue + "; expected 0 or more");
        }
        if (countValue < ALL) {
            throw new IllegalArgumentException(
                    count + ": " + countValue + "; expected 0 or more, or " + ALL + " for all");
        }
    }

    /**
     * These options with results bounded to {@code [min, max]}. NaN stays NaN. A result of 16 bits is bounded before it is
     * rounded, so that it is between what the bounds are rounded to.
     */
    public RunOptions clamp(float min, float max) {
        return new RunOptions(min, max, firstRow, rows, firstColumn, columns, executor, parallelism, finiteRows);
    }

    /** These options for {@code count} rows of the output from {@code first}; the rest is left as it was. */
    public RunOptions rows(int first, int count) {
        return new RunOptions(
                clampMin, clampMax, first, count, firstColumn, columns, executor, parallelism, finiteRows);
    }

    /** These options for {@code count} columns of the output from {@code first}; the rest is left as it was. */
    public RunOptions columns(int first, int count) {
        return new RunOptions(clampMin, clampMax, firstRow, rows, first, count, executor, parallelism, finiteRows);
    }

    /** These options on up to {@code threads} threads: the calling one, and {@code pool}'s. */
    public RunOptions on(Executor pool, int threads) {
        return new RunOptions(clampMin, clampMax, firstRow, rows, firstColumn, columns, pool, threads, finiteRows);
    }

    /**
     * These options, and a call that refuses an infinity or NaN in the rows it reads, by row and column, before anything is
     * written. Without it such values go where {@link dev.tilesmith.spec.Format} says. The calling thread reads the rows
     * once more for it; calls that do not ask pay nothing.
     */
    public RunOptions requireFiniteRows() {
        return new RunOptions(clampMin, clampMax, firstRow, rows, firstColumn, columns, executor, parallelism, true);
    }

    /** Whether either bound is finite. */
    public boolean clamped() {
        return clampMin != Float.NEGATIVE_INFINITY || clampMax != Float.POSITIVE_INFINITY;
    }
}
