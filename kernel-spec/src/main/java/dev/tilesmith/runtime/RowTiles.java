package dev.tilesmith.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * Rows cut into tiles. No row is computed that is not asked for.
 *
 * <p>Where a family has every tile up to its tallest, the tiles are as few and as equal as can be, for a short tile at
 * the end would leave the multiply pipes waiting for their own latency. Where it has only some, the tallest that fits
 * comes first.
 */
final class RowTiles {
    private final int[] heights;

    private RowTiles(int[] heights) {
        this.heights = heights;
    }

    /** The tiles of a family for {@code rows} rows. */
    static RowTiles of(int rows, Family family) {
        final List<Integer> mrs = family.mrs();
        return new RowTiles(mrs.size() == family.maxMr() ? equal(rows, family.maxMr()) : tallestFirst(rows, mrs));
    }

    /** The heights of the tiles, for every number of rows up to {@code most}. */
    static RowTiles[] upTo(int most, Family family) {
        final RowTiles[] tiles = new RowTiles[most + 1];
        Arrays.setAll(tiles, rows -> of(rows, family));
        return tiles;
    }

    /** The rows of a block: no more than {@code most}, or than one tile; blocks are as equal as can be. */
    static int blockRows(int rows, Family family, int most) {
        final int limit = Math.max(most, family.maxMr());
        if (rows <= limit) {
            return rows;
        }
        final int blocks = (rows + limit - 1) / limit;
        return (rows + blocks - 1) / blocks;
    }

    private static int[] equal(int rows, int tallest) {
        final int count = (rows + tallest - 1) / tallest;
        final int[] heights = new int[count];
        for (int tile = 0; tile < count; tile++) {
            heights[tile] = rows / count + (tile < rows % count ? 1 : 0);
        }
        return heights;
    }

    private static int[] tallestFirst(int rows, List<Integer> mrs) {
        final int[] heights = new int[rows];
        int count = 0;
        int left = rows;
        for (int i = mrs.size() - 1; left > 0; ) {
            if (mrs.get(i) <= left) {
                heights[count++] = mrs.get(i);
                left -= mrs.get(i);
            } else {
                i--;
            }
        }
        return Arrays.copyOf(heights, count);
    }

    /** Number of tiles. */
    int count() {
        return heights.length;
    }

    /** Rows of a tile. */
    int mr(int tile) {
        return heights[tile];
    }
}
