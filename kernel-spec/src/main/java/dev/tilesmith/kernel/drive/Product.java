package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;

/**
 * One call, checked: the operands and the part of the output to compute.
 *
 * <p>Rows and columns may be as many as an int counts: what is beyond the last, of a block or of a panel, is not
 * computed with.
 *
 * @param lhs the left operand, m × k
 * @param rhs the packed right operand
 * @param dst the result, m × n
 * @param firstRow first row to compute
 * @param endRow end of the rows to compute
 * @param firstColumn first column to compute
 * @param endColumn end of the columns to compute
 * @param clampMin lower bound of a result
 * @param clampMax upper bound of a result
 */
record Product(
        Matrix lhs,
        PackedPanels rhs,
        Matrix dst,
        int firstRow,
        int endRow,
        int firstColumn,
        int endColumn,
        float clampMin,
        float clampMax) {

    /** What options ask for of a portion. */
    static Product of(Matrix lhs, PackedPanels rhs, Matrix dst, Portion portion, RunOptions options) {
        return new Product(
                lhs,
                rhs,
                dst,
                portion.firstRow(),
                portion.endRow(),
                portion.firstColumn(),
                portion.endColumn(),
                options.clampMin(),
                options.clampMax());
    }

    /** The same with another left operand. */
    Product withLhs(Matrix newLhs) {
        return new Product(newLhs, rhs, dst, firstRow, endRow, firstColumn, endColumn, clampMin, clampMax);
    }

    int rows() {
        return endRow - firstRow;
    }

    int columns() {
        return endColumn - firstColumn;
    }

    int k() {
        return rhs.k();
    }

    /** Rows of the block that begins with {@code row}: {@code most}, or as many as are left. */
    int rowsFrom(int row, int most) {
        return Math.min(most, endRow - row);
    }

    /** The first panel, of {@code nr} columns, that has columns to compute. */
    int firstPanel(int nr) {
        return firstColumn == 0 ? 0 : firstColumn / nr; // small products are over in less time than a division takes
    }

    /** The panel after the last that has columns to compute. */
    int endPanel(int nr) {
        return Math.ceilDiv(endColumn, nr);
    }

    /** The first column of a panel that is to be computed. */
    int firstColumn(int panel, int nr) {
        return Math.max(firstColumn, panel * nr);
    }

    /** How many columns of a panel are to be computed. */
    int columns(int panel, int nr) {
        return (int) Math.min(endColumn, (panel + 1L) * nr) - firstColumn(panel, nr);
    }

    boolean clamped() {
        return clampMin != Float.NEGATIVE_INFINITY || clampMax != Float.POSITIVE_INFINITY;
    }

    /** The same call for a part of its rows and columns; for all of them, as small products are computed, itself. */
    Product part(int fromRow, int toRow, int fromColumn, int toColumn) {
        if (fromRow == firstRow && toRow == endRow && fromColumn == firstColumn && toColumn == endColumn) {
            return this;
        }
        return new Product(lhs, rhs, dst, fromRow, toRow, fromColumn, toColumn, clampMin, clampMax);
    }
}
