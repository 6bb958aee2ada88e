package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;

/**
 * The micro-kernels of one family in Java for weights with scales for blocks along K, as javac has generated them.
 *
 * <p>They multiply in binary32, which is exact within a block: {@code 128 * 23 * 256} and {@code 127 * 128 * 32} are less
 * than 2^24. Panels hold the values of a block, four bits or eight of nr columns, and then its scales.
 */
public interface BlockTiles {
    /** Values along K that a chunk of rows holds: whole blocks. */
    int K_CHUNK = 512;

    /**
     * Floats from one row of a chunk to the next: 512 values, up to two before each of at most 16 blocks, and a cache line,
     * so that rows differ in sets.
     */
    int LHS_STRIDE = K_CHUNK + 48;

    /**
     * Goes over {@code blocks} blocks, of {@code blockLength} values each: {@code total = fma(sum, scale, total)}.
     *
     * @param mr rows of the tile, one of the family's
     * @param lhs chunk of rows: for each block, what its sums begin with or what its minima are multiplied with, where rows
     *     have scales for blocks the scale, then integers from -128 to 127
     * @param lhsOffset where the tile's first row starts
     * @param rhs packed weights
     * @param rhsOffset byte at which the first block starts
     * @param totals totals of the tile, row after row
     * @param totalsOffset where they start
     * @param blocks number of blocks, which a chunk has room for
     * @param blockLength values of a block
     */
    void accumulate(
            int mr,
            float[] lhs,
            int lhsOffset,
            MemorySegment rhs,
            long rhsOffset,
            float[] totals,
            int totalsOffset,
            int blocks,
            int blockLength);

    /**
     * Applies the declaration's activation to results; leaves them as they are where it has none.
     *
     * @param results a row of results of a panel: nr floats, with the bias and without bounds
     */
    default void activate(float[] results) {}
}
