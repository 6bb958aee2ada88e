package dev.tilesmith.runtime;

/**
 * One call, checked: the operands and the part of the output to compute.
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
        PackedRhs rhs,
        Matrix dst,
        int firstRow,
        int endRow,
        int firstColumn,
        int endColumn,
        float clampMin,
        float clampMax) {

    int rows() {
        return endRow - firstRow;
    }

    int columns() {
        return endColumn - firstColumn;
    }

    int k() {
        return rhs.k();
    }

    boolean clamped() {
        return clampMin != Float.NEGATIVE_INFINITY || clampMax != Float.POSITIVE_INFINITY;
    }

    /** The same call for a part of its rows and columns. */
    Product part(int fromRow, int toRow, int fromColumn, int toColumn) {
        return new Product(lhs, rhs, dst, fromRow, toRow, fromColumn, toColumn, clampMin, clampMax);
    }
}
