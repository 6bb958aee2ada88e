package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;

/**
 * The micro-kernels of one int8 family in Java, as javac has generated them.
 *
 * <p>They multiply in binary32, whose multiply-adds are as fast as anything that the Vector API has and exact for sums
 * of {@link #K_BLOCK} products of int8 with int8, or with unsigned bytes: {@code 128 * 255 * K_BLOCK} is less than 2^24. Longer sums are kept as ints.
 * Panels hold the bytes {@code [k][nr]}.
 */
public interface Int8Tiles {
    /** Values along K that a block holds. */
    int K_BLOCK = 512;

    /** Floats from one row of a block to the next: one cache line more than the block, so that rows differ in sets. */
    int LHS_STRIDE = K_BLOCK + 16;

    /**
     * Adds {@code k} products to each sum of one tile.
     *
     * @param mr rows of the tile, one of the family's
     * @param lhs block of rows: integers from -128 to 127
     * @param lhsOffset where the tile's first row starts
     * @param rhs packed weights
     * @param rhsOffset byte at which the panel's values start
     * @param sums sums of the tile, row after row
     * @param sumsOffset where they start
     * @param k number of values along K, at most {@link #K_BLOCK}
     */
    void accumulate(
            int mr, float[] lhs, int lhsOffset, MemorySegment rhs, long rhsOffset, int[] sums, int sumsOffset, int k);

    /**
     * Applies the declaration's activation to results; leaves them as they are where it has none.
     *
     * @param results a row of results of a panel: nr floats, with the bias and without bounds
     */
    default void activate(float[] results) {}
}
