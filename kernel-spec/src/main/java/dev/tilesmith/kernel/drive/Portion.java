package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;

/**
 * The part of an output that a call computes.
 *
 * @param firstRow first row
 * @param endRow end of the rows
 * @param firstColumn first column
 * @param endColumn end of the columns
 */
record Portion(int firstRow, int endRow, int firstColumn, int endColumn) {
    /**
     * The one that options ask for.
     *
     * @throws IllegalArgumentException if {@code dst} does not have it
     */
    static Portion of(RunOptions options, Matrix dst) {
        final int rows = rows(options, dst);
        final int columns = options.columns() < 0 ? dst.columns() - options.firstColumn() : options.columns();
        check("rows", options.firstRow(), rows, dst.rows());
        check("columns", options.firstColumn(), columns, dst.columns());
        return new Portion(
                options.firstRow(), options.firstRow() + rows, options.firstColumn(), options.firstColumn() + columns);
    }

    /** How many rows options ask for, of those that there are or of others. */
    static int rows(RunOptions options, Matrix dst) {
        return options.rows() < 0 ? dst.rows() - options.firstRow() : options.rows();
    }

    /** What it has of {@code count} columns from {@code first} on, whose first is column 0 then; perhaps none. */
    Portion columnsFrom(int first, int count) {
        return new Portion(
                firstRow,
                endRow,
                Math.clamp((long) firstColumn - first, 0, count),
                Math.clamp((long) endColumn - first, 0, count));
    }

    /** How many rows. */
    int rows() {
        return endRow - firstRow;
    }

    /** How many columns. */
    int columns() {
        return endColumn - firstColumn;
    }

    private static void check(String what, int first, int count, int size) {
        if (first < 0 || count < 0 || first > size - count) {
            throw new IllegalArgumentException(
                    what + ": " + count + " from " + first + "; the output has " + size + " " + what);
        }
    }
}
