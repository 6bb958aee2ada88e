package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;

/**
 * The micro-kernels of one family in Java for weights of four bits with scales for blocks, as javac has generated them.
 *
 * <p>They multiply in binary32, which is exact within a block: {@code 128 * 23 * 256} is less than 2^24. Panels hold the
 * bytes {@code [k/2][nr]} of a block, and then its scales.
 */
public interface Int4Tiles {
    /** Values along K that a chunk of rows holds: whole blocks. */
    int K_CHUNK = 512;

    /** Floats from one row of a chunk to the next: 512 values, and what the sums of at most 16 blocks begin with. */
    int LHS_STRIDE = K_CHUNK + 16;

    /**
     * Goes over {@code blocks} blocks, of {@code blockLength} values each: {@code total = fma(sum, scale, total)}.
     *
     * @param mr rows of the tile, one of the family's
     * @param lhs chunk of rows: for each block, what its sums begin with, then integers from -128 to 127
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
}
