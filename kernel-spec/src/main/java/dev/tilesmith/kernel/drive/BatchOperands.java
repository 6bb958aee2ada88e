package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.Access;
import dev.tilesmith.kernel.memory.Overlap;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.MatrixBatch.Orientation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The operands of a batch of products, as many matrices of each as there are results.
 *
 * @param lhs left operands, m × k
 * @param rhs right operands, k × n
 * @param dst results, m × n
 */
record BatchOperands(MatrixBatch lhs, MatrixBatch rhs, MatrixBatch dst) {
    /**
     * Operands of which some are repeated.
     *
     * @throws IllegalArgumentException if they do not fit each other, or results would be written over each other
     */
    static BatchOperands of(MatrixBatch lhs, MatrixBatch rhs, MatrixBatch dst) {
        if (dst.orientation() == Orientation.TRANSPOSED) {
            throw new IllegalArgumentException(
                    "dst: transposed; expected rows that are stored as such: transpose the product, rhs' x lhs'");
        }
        if (rhs.rows() != lhs.columns()) {
            throw new IllegalArgumentException("rhs: " + rhs.rows() + " x " + rhs.columns() + "; expected k = "
                    + lhs.columns() + " rows, as lhs has columns");
        }
        if (dst.rows() != lhs.rows() || dst.columns() != rhs.columns()) {
            throw new IllegalArgumentException("dst: " + dst.rows() + " x " + dst.columns() + "; expected m x n = "
                    + lhs.rows() + " x " + rhs.columns());
        }
        checkApart(dst);
        return new BatchOperands(repeated("lhs", lhs, dst), repeated("rhs", rhs, dst), dst);
    }

    private static MatrixBatch repeated(String what, MatrixBatch operand, MatrixBatch dst) {
        try {
            return operand.broadcast(dst.counts());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage() + ", as dst has them", e);
        }
    }

    /** Some places that are as far apart as each other. */
    private record Dimension(int count, long stride) {}

    /** Dimensions from the nearest to the farthest: each must step over all that those before it reach. */
    private static void checkApart(MatrixBatch dst) {
        final List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(new Dimension(dst.first().columns(), 1));
        dimensions.add(new Dimension(dst.first().rows(), dst.first().rowStride()));
        for (int i = 0; i < dst.counts().size(); i++) {
            dimensions.add(new Dimension(dst.counts().get(i), dst.strides().get(i)));
        }
        if (dimensions.stream().anyMatch(dimension -> dimension.count == 0)) {
            return;
        }
        dimensions.removeIf(dimension -> dimension.count == 1);
        dimensions.sort(Comparator.comparingLong(Dimension::stride));
        long reach = 1;
        for (final Dimension dimension : dimensions) {
            if (dimension.stride < reach) {
                throw new IllegalArgumentException("dst: " + dst.counts() + " matrices " + dst.strides()
                        + " elements apart would be written over each other; expected each in a place of its own");
            }
            reach += (dimension.count - 1) * dimension.stride;
        }
    }

    /**
     * Fails if an operand may not be read, or the results not be written, by so many threads; or if results share memory with
     * an operand.
     */
    void checkMemory(int parallelism) {
        Access.check("lhs", lhs.first(), parallelism);
        Access.check("rhs", rhs.first(), parallelism);
        Access.checkResult(dst.first(), parallelism);
        Overlap.check("lhs", lhs, dst);
        Overlap.check("rhs", rhs, dst);
    }
}
