package dev.tilesmith.conformance;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.MatrixBatch.Orientation;
import java.util.ArrayList;
import java.util.List;

/**
 * Products in pairs, without what the operands hold.
 *
 * @param counts how many there are along each dimension
 * @param lhs how left operands lie
 * @param rhs how right operands lie
 * @param m rows of the results
 * @param n columns of the results
 * @param k length of the sums
 */
record BatchProblem(List<Integer> counts, Operand lhs, Operand rhs, int m, int n, int k) {
    /**
     * How operands lie.
     *
     * @param counts how many there are along each dimension
     * @param place how they lie to each other
     * @param orientation how each lies
     */
    record Operand(List<Integer> counts, Place place, Orientation orientation) {}

    /** How matrices of a batch lie to each other. */
    enum Place {
        /** One after the other. */
        STACKED,
        /** Side by side, as heads do in the rows of a token. */
        SIDE_BY_SIDE
    }

    private static final List<Place> PLACES = List.of(Place.values());

    private static final int[][] SIZES = {
        {1, 1, 1},
        {5, 7, 9},
        {13, 33, 64},
        {2, 48, 31},
        {16, 16, 128},
        {31, 9, 5},
        {1, 65, 40},
        {0, 3, 4},
        {3, 0, 4},
        {3, 4, 0}
    };

    private static final List<List<Integer>> COUNTS =
            List.of(List.of(), List.of(3), List.of(2, 3), List.of(1), List.of(2, 1, 2), List.of(0), List.of(2, 0));

    /** Every orientation of either side with every number of dimensions; what is repeated, places and sizes in turn. */
    static List<BatchProblem> all() {
        final List<BatchProblem> all = new ArrayList<>();
        for (final List<Integer> counts : COUNTS) {
            for (final Orientation lhs : Orientation.values()) {
                for (final Orientation rhs : Orientation.values()) {
                    for (int repeat = 0; repeat < 3; repeat++) {
                        final int[] size = SIZES[all.size() * 3 % SIZES.length];
                        all.add(new BatchProblem(
                                counts,
                                new Operand(repeated(counts, repeat), PLACES.get(all.size() / 2 % 2), lhs),
                                new Operand(repeated(counts, (repeat + 1) % 3), PLACES.get(all.size() % 2), rhs),
                                size[0],
                                size[1],
                                size[2]));
                    }
                }
            }
        }
        return Shapes.of(all, List.of(0, 7, 14, 26, 30, 35, 50, 61, 77), List.of(14, 26, 35));
    }

    /** All of the counts; all but the outermost; or one in place of the innermost. */
    private static List<Integer> repeated(List<Integer> counts, int how) {
        if (counts.isEmpty() || how == 0) {
            return counts;
        }
        if (how == 1) {
            return counts.subList(1, counts.size());
        }
        final List<Integer> one = new ArrayList<>(counts);
        one.set(one.size() - 1, 1);
        return one;
    }

    /** A few pairs, which end within panels and within tiles. */
    static BatchProblem several() {
        final Operand each = new Operand(List.of(3), Place.STACKED, Orientation.AS_STORED);
        return new BatchProblem(List.of(3), each, each, 29, 70, 33);
    }

    /** Of so much work that it is worth the waking of three threads: many pairs, each with its right operand or all with one; and one. */
    static List<BatchProblem> large() {
        final Operand each = new Operand(List.of(5), Place.STACKED, Orientation.AS_STORED);
        final Operand one = new Operand(List.of(), Place.STACKED, Orientation.TRANSPOSED);
        final List<BatchProblem> all = List.of(
                new BatchProblem(List.of(5), each, each, 40, 70, 90),
                new BatchProblem(List.of(5), each, one, 40, 70, 90),
                new BatchProblem(List.of(), one, one, 90, 130, 110));
        return Shapes.of(all, List.of(0, 2), List.of(2));
    }

    /** Left operands with the format's values. */
    MatrixBatch lhs(FormatUnderTest format, Samples samples) {
        return batch(lhs, m, k, format, samples);
    }

    /** Right operands with such values. */
    MatrixBatch rhs(FormatUnderTest format, Samples samples) {
        return batch(rhs, k, n, format, samples);
    }

    private static MatrixBatch batch(Operand operand, int rows, int columns, FormatUnderTest format, Samples samples) {
        final int storedRows = operand.orientation == Orientation.AS_STORED ? rows : columns;
        final int storedColumns = operand.orientation == Orientation.AS_STORED ? columns : rows;
        final int size = Math.max(1, size(operand.counts)); // there is a place for a first one where there is none
        final MatrixBatch batch =
                switch (operand.place) {
                    case STACKED ->
                        over(
                                format.lhs(size * storedRows, Depth.of(storedColumns), samples),
                                storedRows,
                                storedColumns,
                                operand.counts,
                                (long) storedRows * storedColumns);
                    case SIDE_BY_SIDE ->
                        over(
                                format.lhs(storedRows, Depth.of(size * storedColumns), samples),
                                storedRows,
                                storedColumns,
                                operand.counts,
                                storedColumns);
                };
        return operand.orientation == Orientation.AS_STORED ? batch : batch.transposed();
    }

    /** Matrices in {@code all}, whose first is at its beginning, each {@code stride} behind the one before. */
    static MatrixBatch over(Matrix all, int rows, int columns, List<Integer> counts, long stride) {
        MatrixBatch batch = MatrixBatch.of(all.slice(0, rows, 0, columns));
        long next = stride;
        for (final int count : counts.reversed()) {
            batch = batch.repeated(count, next);
            next *= count;
        }
        return batch;
    }

    /** How many there are. */
    static int size(List<Integer> counts) {
        return counts.stream().reduce(1, (product, count) -> product * count);
    }
}
