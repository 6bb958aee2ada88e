package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.PackedRhs;

/**
 * What tile registers multiply of weights in blocks: copies, of a panel and of all rows of a call. A panel is {@code [k/4][nr][4]}
 * bytes, {@value #LANES} rows are {@code [k/32][16][32]}. After these there are f32s, for each 16 columns of the panel, and for each
 * 16 rows if rows have any: {@code [3 + blocks][16]} scales, or with minima {@code [3 + blocks][2][16]}, scales and minima or scaled
 * sums. Those of the first {@value #BLOCKS_BEFORE} blocks are zeros: they scale what is there before there is a sum.
 */
public final class BlockCopies {
    /** Columns, or rows, that are multiplied together: those of a tile register. */
    public static final int LANES = 16;

    /** Blocks before the first that have scales. */
    public static final int BLOCKS_BEFORE = 3;

    private BlockCopies() {}

    /** Bytes of the scales of one block. */
    public static int scaleBytes(boolean minima) {
        return LANES * Float.BYTES * (minima ? 2 : 1);
    }

    /** Bytes of the copies of one of a family's panels and of so many rows, all blocks of K. */
    public static long bytes(PanelLayout layout, PackedRhs rhs, int rows) {
        final long blocks = BLOCKS_BEFORE + (long) LhsLayout.blocks(rhs);
        final long each = (long) LANES * rhs.k() + blocks * scaleBytes(layout.hasMins());
        return each * (Math.ceilDiv(layout.nr(), LANES) + Math.ceilDiv(rows, LANES));
    }
}
