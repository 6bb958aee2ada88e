package dev.tilesmith.runtime;

/**
 * Products of as many pairs of matrices as there are, bound to a family of micro-kernels: both operands come with the call, as
 * queries, keys and values of attention do. The bits of each product are those that {@link MatMulKernel} gives for it; where the
 * right operand is of a quantized format, its floats are quantized as that kernel's {@code packRhs} does it, in the call.
 *
 * <p>A right operand that several products share is packed once. It may be called from any number of threads at once.
 */
public interface BatchMatMulKernel extends Kernel {
    /**
     * Multiplies: reads {@code lhs} (m × k each) and {@code rhs} (k × n each), writes {@code dst} (m × n each). The operands have
     * as many matrices as {@code dst}, or fewer, which are repeated as {@link MatrixBatch#broadcast} says. Either may be
     * transposed: keys with a row of k values for each of n tokens are {@code keys.transposed()}.
     *
     * <p>A portion, {@link RunOptions#rows(int, int)} and {@link RunOptions#columns(int, int)}, is one of every matrix of {@code
     * dst}. {@link RunOptions#requireFiniteRows()} looks at all of {@code lhs}.
     *
     * @throws IllegalArgumentException if the shapes do not fit each other, {@code dst} is transposed, or overlaps itself or an
     *     operand, memory is closed or not for all of the threads to use, an operand is not of the declared format, or rows are not
     *     finite where the options ask for that; nothing has been written then
     * @throws IllegalStateException if an operand's arena is closed meanwhile; a part of the results may have been written
     */
    void run(MatrixBatch lhs, MatrixBatch rhs, MatrixBatch dst, RunOptions options);

    /** Multiplies all matrices, on the calling thread. */
    default void run(MatrixBatch lhs, MatrixBatch rhs, MatrixBatch dst) {
        run(lhs, rhs, dst, RunOptions.DEFAULT);
    }
}
