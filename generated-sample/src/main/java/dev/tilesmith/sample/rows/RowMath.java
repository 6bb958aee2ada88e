package dev.tilesmith.sample.rows;

import java.lang.foreign.MemorySegment;

/**
 * Computations on dense rows of floats in native byte order, outside the heap. Offsets and strides are in floats.
 *
 * <p>Implementations are stateless, and give the same bits on every CPU: additions have one order ({@link PartialSums}),
 * products are fused with them or not, and nothing but {@code +}, {@code *}, {@code /}, {@code fma} and the root is left to
 * the CPU.
 */
public sealed interface RowMath permits VectorRowMath, ScalarRowMath {
    /**
     * The implementation for this JVM, decided anew at each call: vectors if {@code jdk.incubator.vector} is there, else
     * scalars, with a warning to the log.
     */
    static RowMath best() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            return new VectorRowMath();
        }
        System.getLogger(RowMath.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "The module jdk.incubator.vector is not there: attention, norms and GELU run many times slower. "
                                + "Where java --list-modules shows it, --add-modules=jdk.incubator.vector adds it.");
        return new ScalarRowMath();
    }

    /**
     * Adds and norms: {@code x[r] = norm(x[r] + y[r]) * gamma + beta} for {@code rows} rows of {@code gamma.length},
     * a multiple of 16.
     *
     * @param x rows, overwritten
     * @param xOffset where they start
     * @param y rows to add
     * @param yOffset where they start
     * @param rows number of rows
     * @param gamma factor of each column
     * @param beta summand of each column
     * @param epsilon added to the variance
     */
    void addAndNorm(
            MemorySegment x,
            long xOffset,
            MemorySegment y,
            long yOffset,
            int rows,
            float[] gamma,
            float[] beta,
            float epsilon);

    /** {@code x = x/2 · (1 + erf(x/√2))} for the first {@code count} floats, a multiple of 16. */
    void gelu(MemorySegment x, long count);

    /**
     * Powers of e: {@code row[i] = e^((row[i] - largest) * scale)}.
     *
     * @param row overwritten
     * @param largest of the row, or more
     * @param scale not negative
     */
    void powers(float[] row, float largest, float scale);

    /**
     * Attention of one sentence: for each head {@code out = softmax(q · kᵀ / √width) · v}.
     *
     * @param rows the sentence's rows in memory: query, key and value side by side, and the result
     * @param heads number of heads
     * @param headWidth length of a head's vectors, a multiple of 32
     * @param scratch at least {@link #scratchFloats} floats, overwritten
     */
    void attend(SentenceRows rows, int heads, int headWidth, MemorySegment scratch);

    /**
     * Mean of rows, scaled to length 1.
     *
     * @param x dense rows of {@code result.length} floats, a multiple of 16
     * @param xOffset where they start
     * @param rows number of rows, at least 1
     * @param result where the mean goes
     */
    void pool(MemorySegment x, long xOffset, int rows, float[] result);

    /** Floats of scratch memory that attention over {@code tokens} tokens takes. */
    static long scratchFloats(int tokens, int headWidth) {
        return Attention.MOST_QUERIES * ((long) tokens + headWidth + Attention.MORE_ROWS) + (long) tokens * headWidth;
    }
}
