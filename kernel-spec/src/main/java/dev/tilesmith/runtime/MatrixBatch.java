package dev.tilesmith.runtime;

import dev.tilesmith.size.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Matrices of one shape in one storage: one for each index of some dimensions, along each of which the next matrix lies so many
 * elements behind the one before. Heads of attention, for instance, lie side by side in rows of all heads:
 *
 * {@snippet :
 * MatrixBatch queries = MatrixBatch.of(Matrix.of(data, 0, tokens, 64, heads * 64)) // those of the first head
 *         .repeated(heads, 64)
 *         .repeated(sentences, tokens * heads * 64L);
 * }
 *
 * @param first the matrix at index 0 of every dimension, as it is stored
 * @param counts matrices along each dimension, the outermost first; none: there is one matrix
 * @param strides elements from a matrix to the next along each dimension; 0: all are the same
 * @param orientation how a matrix of the batch lies in what is stored
 */
public record MatrixBatch(Matrix first, List<Integer> counts, List<Long> strides, Orientation orientation) {
    /** How a matrix lies in what is stored. */
    public enum Orientation {
        /** A row of it is a row. */
        AS_STORED,
        /** A row of it is a column. */
        TRANSPOSED
    }

    /** Checks that all matrices lie within the storage. */
    public MatrixBatch {
        counts = List.copyOf(counts);
        strides = List.copyOf(strides);
        if (counts.size() != strides.size()) {
            throw new IllegalArgumentException(
                    "strides: " + strides + "; expected one for each of the counts " + counts);
        }
        long size = 1;
        long last = 0;
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) < 0 || strides.get(i) < 0) {
                throw new IllegalArgumentException(
                        "counts and strides: " + counts + ", " + strides + " apart; none may be negative");
            }
            size = Sizes.times(size, counts.get(i));
            last = Sizes.plus(last, Sizes.times(Math.max(0, counts.get(i) - 1), strides.get(i)));
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("counts: " + counts + " are " + Sizes.show(size) + " matrices; expected "
                    + Integer.MAX_VALUE + " at most");
        }
        if (size > 0) {
            checkLast(first, last, counts, strides);
        }
    }

    private static void checkLast(Matrix first, long last, List<Integer> counts, List<Long> strides) {
        try {
            first.moved(last);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "counts and strides: " + counts + ", " + strides + " apart, of " + first
                            + "; the last does not lie in the storage: " + e.getMessage(),
                    e);
        }
    }

    /** One matrix. */
    public static MatrixBatch of(Matrix matrix) {
        return new MatrixBatch(matrix, List.of(), List.of(), Orientation.AS_STORED);
    }

    /**
     * Matrices one below the other, as a dense tensor has them.
     *
     * @param all the rows of all of them
     * @param rows of each
     * @throws IllegalArgumentException if {@code all} is not a whole number of them
     */
    public static MatrixBatch stacked(Matrix all, int rows) {
        if (rows < 1 || all.rows() % rows != 0) {
            throw new IllegalArgumentException(
                    "rows: " + rows + "; expected a divisor of the " + all.rows() + " of all");
        }
        final int count = all.rows() / rows;
        return of(all.slice(0, count == 0 ? 0 : rows, 0, all.columns())).repeated(count, rows * all.rowStride());
    }

    /**
     * As many times these matrices, in a dimension outside of the others.
     *
     * @param count how many times
     * @param stride elements from one time to the next; 0: the same matrices each time
     */
    public MatrixBatch repeated(int count, long stride) {
        final List<Integer> newCounts = new ArrayList<>(List.of(count));
        newCounts.addAll(counts);
        final List<Long> newStrides = new ArrayList<>(List.of(stride));
        newStrides.addAll(strides);
        return new MatrixBatch(first, newCounts, newStrides, orientation);
    }

    /** The transposes of these matrices, where they lie. */
    public MatrixBatch transposed() {
        return new MatrixBatch(
                first,
                counts,
                strides,
                switch (orientation) {
                    case AS_STORED -> Orientation.TRANSPOSED;
                    case TRANSPOSED -> Orientation.AS_STORED;
                });
    }

    /**
     * These matrices, repeated so that there are as many as another batch has: dimensions are counted from the innermost, and one
     * that is missing, or has one matrix, has it as often as is wanted.
     *
     * @throws IllegalArgumentException if a dimension has another number of matrices
     */
    public MatrixBatch broadcast(List<Integer> to) {
        final int missing = to.size() - counts.size();
        final List<Long> newStrides = new ArrayList<>(Collections.nCopies(to.size(), 0L));
        for (int i = 0; i < counts.size(); i++) {
            final int place = i + missing;
            if (place < 0 || (counts.get(i) != 1 && !counts.get(i).equals(to.get(place)))) {
                throw new IllegalArgumentException(
                        "counts: " + counts + "; expected those of " + to + ", or 1, or fewer of them");
            }
            newStrides.set(place, counts.get(i) == 1 ? 0L : strides.get(i));
        }
        return new MatrixBatch(first, to, newStrides, orientation);
    }

    /** How many matrices. */
    public int size() {
        return counts.stream().reduce(1, (product, count) -> product * count);
    }

    /** Rows of a matrix. */
    public int rows() {
        return switch (orientation) {
            case AS_STORED -> first.rows();
            case TRANSPOSED -> first.columns();
        };
    }

    /** Columns of a matrix. */
    public int columns() {
        return switch (orientation) {
            case AS_STORED -> first.columns();
            case TRANSPOSED -> first.rows();
        };
    }

    /**
     * Elements from the first matrix to another.
     *
     * @param index which, counted along the innermost dimension first
     */
    public long offsetOf(int index) {
        long offset = 0;
        int rest = index;
        for (int i = counts.size() - 1; i >= 0; i--) {
            offset += rest % counts.get(i) * strides.get(i);
            rest /= counts.get(i);
        }
        return offset;
    }

    /** Where all matrices are: elements from the first to each, every place once. */
    public List<Long> offsets() {
        return IntStream.range(0, size()).mapToObj(this::offsetOf).distinct().toList();
    }

    /** Elements from the first matrix to the one that ends last; 0 if there is none. */
    public long lastOffset() {
        return size() == 0 ? 0 : offsetOf(size() - 1);
    }

    /** A matrix as it is stored, of so many elements behind the first. */
    public Matrix storedAt(long offset) {
        return first.moved(offset);
    }

    @Override
    public String toString() {
        return counts + " x " + rows() + " x " + columns();
    }
}
