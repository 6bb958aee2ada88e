package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.target.TargetTraits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows cut into tiles. No row is computed that is not asked for.
 *
 * <p>Where a family has every tile up to its tallest, the tiles are as few and as equal as can be, for a short tile at
 * the end would leave the multiply pipes waiting for their own latency. Where it has only some, the tallest that fits
 * comes first. Where rows end within tiles, all are of the tallest but the last.
 */
final class RowTiles {
    private final int[] heights;

    private RowTiles(int[] heights) {
        this.heights = heights;
    }

    /** The tiles of a family for {@code rows} rows. */
    static RowTiles of(int rows, PanelFamily family) {
        return of(rows, family, 1);
    }

    /**
     * The tiles of a family for {@code rows} rows.
     *
     * @param group rows that lie together: each tile begins with a group
     */
    static RowTiles of(int rows, PanelFamily family, int group) {
        final List<Integer> mrs = family.mrs();
        if (TargetTraits.rowGroups(family.target()).endWithinTiles()) {
            return new RowTiles(fullFirst(rows, family.maxMr()));
        }
        if (mrs.size() == family.maxMr()) {
            return new RowTiles(equal(rows, family.maxMr(), group));
        }
        final List<Integer> whole = mrs.stream().filter(mr -> mr % group == 0).toList();
        final int[] heights = tallestFirst(whole.isEmpty() ? 0 : rows / group * group, whole);
        final int rest = rows - Arrays.stream(heights).sum();
        return new RowTiles(IntStream.concat(Arrays.stream(heights), Arrays.stream(tallestFirst(rest, mrs)))
                .toArray());
    }

    /** The heights of the tiles, for every number of rows up to {@code most}. */
    static RowTiles[] upTo(int most, PanelFamily family, int group) {
        final RowTiles[] tiles = new RowTiles[most + 1];
        Arrays.setAll(tiles, rows -> of(rows, family, group));
        return tiles;
    }

    /** The rows of a block: no more than {@code most}, or than one tile; blocks are as equal as can be. */
    static int blockRows(int rows, PanelFamily family, int most) {
        final int limit = Math.max(most, family.maxMr());
        if (rows <= limit) {
            return rows;
        }
        final int blocks = Math.ceilDiv(rows, limit);
        final int equal = Math.ceilDiv(rows, blocks);
        if (!TargetTraits.rowGroups(family.target()).endWithinTiles()) {
            return equal;
        }
        final int tile = family.maxMr();
        return Math.min(Math.ceilDiv(equal, tile), limit / tile) * tile;
    }

    private static int[] equal(int rows, int tallest, int group) {
        final int groups = Math.ceilDiv(rows, group);
        final int count = Math.ceilDiv(groups, tallest / group);
        final int[] heights = new int[count];
        for (int tile = 0; tile < count; tile++) {
            heights[tile] = (groups / count + (tile < groups % count ? 1 : 0)) * group;
        }
        if (count > 0) {
            heights[count - 1] -= groups * group - rows;
        }
        return heights;
    }

    /** Full tiles, and one of the rows that are left. */
    private static int[] fullFirst(int rows, int tallest) {
        final int[] heights = new int[Math.ceilDiv(rows, tallest)];
        Arrays.fill(heights, tallest);
        if (heights.length > 0) {
            heights[heights.length - 1] -= heights.length * tallest - rows;
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
