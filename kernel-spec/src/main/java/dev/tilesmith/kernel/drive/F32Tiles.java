package dev.tilesmith.kernel.drive;

import java.lang.foreign.MemorySegment;

/**
 * The micro-kernels of one f32 family in Java, as javac has generated them.
 *
 * <p>Their left operand is a block of rows in a Java array, {@link #LHS_STRIDE} floats apart: a distance known at
 * compile time becomes a displacement in the machine's instructions, and takes no register. Their sums live in a Java
 * array, mr × nr, dense.
 */
public interface F32Tiles extends F32Finish {
    /** Values along K that a block holds. */
    int K_BLOCK = 512;

    /** Floats from one row of a block to the next: one cache line more than the block, so that rows differ in sets. */
    int LHS_STRIDE = K_BLOCK + 16;

    /**
     * Continues the sums of one tile by {@code k} products each, in ascending order of k, each fused.
     *
     * @param mr rows of the tile, one of the family's
     * @param lhs block of rows
     * @param lhsOffset where the tile's first row starts
     * @param rhs packed weights
     * @param rhsOffset byte at which the panel's values start
     * @param sums sums of the tile, row after row
     * @param sumsOffset where they start
     * @param k number of values along K, at most {@link #K_BLOCK}
     */
    void accumulate(
            int mr, float[] lhs, int lhsOffset, MemorySegment rhs, long rhsOffset, float[] sums, int sumsOffset, int k);
}
