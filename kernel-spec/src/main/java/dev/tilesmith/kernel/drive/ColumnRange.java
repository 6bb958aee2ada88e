package dev.tilesmith.kernel.drive;

/**
 * Columns of images side by side.
 *
 * @param first the first
 * @param count how many; none where all that is meant is padding
 */
record ColumnRange(int first, int count) {
    boolean contains(long column) {
        return column >= first && column < (long) first + count;
    }
}
