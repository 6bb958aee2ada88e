package dev.tilesmith.reference;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import java.util.List;
import java.util.stream.IntStream;

/** Products of matrices in pairs, of any formats: each is what a product of two matrices is. */
public final class BatchMatMulReference {
    private BatchMatMulReference() {}

    /** The definition of a product of two matrices, of some formats: m × n, of m × k and k × n, both dense in Java arrays. */
    @FunctionalInterface
    public interface Product {
        /** Multiplies; to a matrix in a Java array. */
        Matrix multiply(Matrix lhs, Matrix rhs);
    }

    /**
     * Multiplies.
     *
     * @param lhs left operands, m × k
     * @param rhs right operands, k × n
     * @param counts how many products along each dimension, which operands are repeated for
     * @param product what multiplies two
     * @return a matrix for each index, the innermost dimension's first
     */
    public static List<Matrix> multiply(MatrixBatch lhs, MatrixBatch rhs, List<Integer> counts, Product product) {
        final MatrixBatch left = lhs.broadcast(counts);
        final MatrixBatch right = rhs.broadcast(counts);
        return IntStream.range(0, left.size())
                .mapToObj(index -> product.multiply(matrix(left, index), matrix(right, index)))
                .toList();
    }

    /** One of a batch, as it is meant, dense in a Java array. */
    private static Matrix matrix(MatrixBatch batch, int index) {
        final Matrix stored = batch.storedAt(batch.offsetOf(index));
        final Matrix matrix = Elements.like(stored, batch.rows(), batch.columns());
        for (int row = 0; row < batch.rows(); row++) {
            for (int column = 0; column < batch.columns(); column++) {
                switch (batch.orientation()) {
                    case AS_STORED -> Elements.copy(stored, row, column, matrix, row, column);
                    case TRANSPOSED -> Elements.copy(stored, column, row, matrix, row, column);
                }
            }
        }
        return matrix;
    }
}
