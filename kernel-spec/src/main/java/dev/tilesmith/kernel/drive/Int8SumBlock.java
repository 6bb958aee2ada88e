package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A block of rows of integers, kept as floats, and the sums of its products with one panel at a time, for kernels in
 * Java. Weights of four bits or two are stored unsigned; what that adds is taken off by what the sums of a row begin with.
 */
final class Int8SumBlock {
    private final Int8Tiles tiles;
    private final PanelFamily family;
    private final int k;
    private final int nr;
    private final int kBlocks;
    private final float[] lhs;
    private final int[] beginnings;
    private final int[] sums;
    private int rows;

    private Int8SumBlock(Int8Tiles tiles, PanelFamily family, int k, int mostRows) {
        this.tiles = tiles;
        this.family = family;
        this.k = k;
        this.nr = family.layout().nr();
        this.kBlocks = kBlocks(k);
        this.lhs = new float[Sizes.arrayLength("k: " + k, Sizes.times(kBlocks, mostRows, Int8Tiles.LHS_STRIDE))];
        this.beginnings = new int[mostRows];
        this.sums = new int[mostRows * nr];
    }

    /** A block for up to {@code mostRows} rows of {@code k} values. */
    static Int8SumBlock of(Int8Tiles tiles, PanelFamily family, int k, int mostRows) {
        return new Int8SumBlock(tiles, family, k, mostRows);
    }

    private static int kBlocks(int k) {
        return Math.max(1, Math.ceilDiv(k, Int8Tiles.K_BLOCK));
    }

    /** Rows of a block of {@code floats} floats at most, for a product of {@code rows} rows. */
    static int blockRows(PanelFamily family, int rows, int k, int floats) {
        return RowTiles.blockRows(
                rows, family, Math.max(1, (int) (floats / Sizes.times(kBlocks(k), Int8Tiles.LHS_STRIDE))));
    }

    /** Begins a block of {@code count} rows. */
    void begin(int count) {
        rows = count;
    }

    /**
     * Sets the {@code i}-th of the block's rows.
     *
     * @param beginning what its sums begin with
     */
    void setRow(int i, float[] row, int beginning) {
        beginnings[i] = beginning;
        for (int block = 0; block < kBlocks; block++) {
            final int k0 = block * Int8Tiles.K_BLOCK;
            final int length = Math.min(Int8Tiles.K_BLOCK, k - k0);
            System.arraycopy(row, k0, lhs, (block * rows + i) * Int8Tiles.LHS_STRIDE, length);
        }
    }

    /** Multiplies the block with a panel, and returns the sums: nr for each row. */
    int[] multiply(PackedPanels packed, int panel) {
        final MemorySegment rhs = packed.data();
        final long panelStart = panel * packed.panelBytes();
        final RowTiles heights = RowTiles.of(rows, family);
        for (int i = 0; i < rows; i++) {
            Arrays.fill(sums, i * nr, (i + 1) * nr, beginnings[i]);
        }
        for (int block = 0; block < kBlocks; block++) {
            final int k0 = block * Int8Tiles.K_BLOCK;
            final int length = Math.min(Int8Tiles.K_BLOCK, k - k0);
            final long values = panelStart + family.layout().metadataOffset(k0);
            for (int tile = 0, i = 0; tile < heights.count(); i += heights.mr(tile++)) {
                final int lhsAt = (block * rows + i) * Int8Tiles.LHS_STRIDE;
                tiles.accumulate(heights.mr(tile), lhs, lhsAt, rhs, values, sums, i * nr, length);
            }
        }
        return sums;
    }
}
