package dev.tilesmith.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * A matrix multiplication bound to a family of micro-kernels, or to several, each for a class of shapes: {@code dst[m][n] = clamp(lhs[m][k] · rhs[k][n] +
 * bias[n])}.
 *
 * <p>Declare one by annotating an interface that extends this one with {@link dev.tilesmith.spec.MatMul}. A kernel may
 * be called from any number of threads at once. The result's bits depend on the operands alone: not on the CPU, the
 * variant, the blocking or the number of threads; but those of a NaN, of which any is as good as any. Where results have 16 bits
 * there is one NaN, 0x7e00 of binary16 and 0x7fc0 of BF16.
 *
 * <p>Rows that are quantized as they come, {@code QAI8DX} and {@code QSI8D32}, hide what is not finite: NaN counts as 0, and
 * an infinity spoils all results of its row ({@link dev.tilesmith.spec.Format} says how). {@link
 * RunOptions#requireFiniteRows()} refuses such rows instead.
 */
public interface MatMulKernel extends Kernel {
    /**
     * Packs weights for this kernel, as options say. Where it has several packings, it takes the one that is best for as many
     * rows as are expected; its products have the same bits with any. The bytes do not depend on the number of threads. For
     * the weights of a large model {@link HugePageArena} is the arena of choice.
     *
     * @throws IllegalArgumentException if the weights are not what the declared formats take, or come with what these have
     *     no use for, such as minima or a bias of another kind; if scales are not finite, or a sum could overflow; if they
     *     lie in memory that is closed or that not all threads may read; or if the arena is closed or another thread's, or
     *     does not give what it is asked for: memory outside the heap of so many bytes, at a multiple of 64, that the threads
     *     may write, and that is not the weights'
     * @throws IllegalStateException if the arena of the weights, or that of the options, is closed meanwhile
     */
    PackedRhs packRhs(Weights weights, PackOptions options);

    /**
     * Maps weights as {@link #mapRhs(Path, Arena)} does, and reads as much of the file as {@code check} says. Sizes are
     * checked always: weights that are damaged give wrong results, but lead no kernel outside of the file.
     *
     * @throws PackedFileException if the file is damaged, where that is looked for, or cut off, no file of packed weights,
     *     of a version that this Tilesmith does not read, or packed for another family
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the arena is closed or another thread's
     */
    PackedRhs mapRhs(Path path, Arena arena, FileCheck check) throws IOException;

    /**
     * Multiplies: reads {@code lhs} (m × k) and the packed weights (for n × k), writes {@code dst} (m × n).
     *
     * <p>Results may lie in the array or segment of the rows, beside them or between them, but for elements that are theirs:
     * what lies between the rows of a result is not written.
     *
     * @throws IllegalArgumentException if the shapes do not fit each other, {@code dst} overlaps {@code lhs} or the
     *     weights, memory is closed or not for all of the threads to use, the weights were packed for another family, or rows
     *     are not finite where the options ask for that; nothing has been written then
     * @throws IllegalStateException if an operand's arena is closed meanwhile; a part of the results may have been written
     */
    void run(Matrix lhs, PackedRhs rhs, Matrix dst, RunOptions options);

    /**
     * Packs weights as {@link #packRhs(Weights, PackOptions)} does, into memory that lives as long as {@code arena}, on up to
     * {@code threads} threads: the calling one, and {@code pool}'s.
     *
     * @throws IllegalArgumentException as there
     * @throws IllegalStateException as there
     */
    default PackedRhs packRhs(Weights weights, Arena arena, Executor pool, int threads) {
        return packRhs(weights, PackOptions.in(arena).on(pool, threads));
    }

    /**
     * Packs weights for this kernel, into memory that lives as long as {@code arena}, on the calling thread.
     *
     * @throws IllegalArgumentException if the weights are not what the declared format takes, or lie in memory that is
     *     closed; or if the arena is, or does not give what it is asked for
     */
    default PackedRhs packRhs(Weights weights, Arena arena) {
        return packRhs(weights, PackOptions.in(arena));
    }

    /** Packs weights into memory that is freed when the result is no longer reachable. */
    default PackedRhs packRhs(Weights weights) {
        return packRhs(weights, Arena.ofAuto());
    }

    /**
     * Maps weights that {@link PackedRhs#save} wrote, for reading, into memory that lives as long as {@code arena}.
     * Processes that map one file share its memory. All of the file is read once, to see that it is not damaged.
     *
     * <p>While a file is mapped it must not be written or cut off in place, which {@code save} never does: what then
     * becomes of a call is up to the system, and may be the end of the process.
     *
     * @throws PackedFileException if the file is damaged or cut off, no file of packed weights, of a version that this
     *     Tilesmith does not read, or packed for another family
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the arena is closed or another thread's
     */
    default PackedRhs mapRhs(Path path, Arena arena) throws IOException {
        return mapRhs(path, arena, FileCheck.ALL);
    }

    /** Packs f32 weights that have a row of {@code k} values for each of {@code n} output channels. */
    default PackedRhs packRhs(float[] weights, int n, int k) {
        return packRhs(Weights.nByK(Matrix.of(weights, n, k)));
    }

    /** Multiplies all of {@code lhs}, on the calling thread. */
    default void run(Matrix lhs, PackedRhs rhs, Matrix dst) {
        run(lhs, rhs, dst, RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows in Java arrays. */
    default void run(int m, float[] lhs, PackedRhs rhs, float[] dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows of 16 bits in Java arrays: of binary16 or BF16, as is declared. */
    default void run(int m, short[] lhs, PackedRhs rhs, float[] dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows in Java arrays, to results of 16 bits: of binary16 or BF16, as is declared. */
    default void run(int m, float[] lhs, PackedRhs rhs, short[] dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows of 16 bits in Java arrays, to results of the same. */
    default void run(int m, short[] lhs, PackedRhs rhs, short[] dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows of int8 in Java arrays, to int8. */
    default void run(int m, byte[] lhs, PackedRhs rhs, byte[] dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows of int8 in Java arrays, to exact sums. */
    default void run(int m, byte[] lhs, PackedRhs rhs, int[] dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }

    /** Multiplies {@code m} dense rows of floats in segments. */
    default void run(int m, MemorySegment lhs, PackedRhs rhs, MemorySegment dst) {
        run(Matrix.of(lhs, m, rhs.k()), rhs, Matrix.of(dst, m, rhs.n()), RunOptions.DEFAULT);
    }
}
