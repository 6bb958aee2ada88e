package dev.tilesmith.sample.ocr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connected pixels of a map that lie above a threshold; pixels that touch at a corner are connected. */
final class Regions {
    private final Model.Output map;
    private final float threshold;
    private final boolean[] seen;

    private Regions(Model.Output map, float threshold) {
        this.map = map;
        this.threshold = threshold;
        this.seen = new boolean[map.values().length];
    }

    /**
     * A region.
     *
     * @param outline the first and the last pixel of each of its rows
     * @param mean of its values
     */
    record Region(List<Point> outline, double mean) {}

    /** All regions, by their first pixels. */
    static List<Region> of(Model.Output map, float threshold) {
        final Regions regions = new Regions(map, threshold);
        final List<Region> found = new ArrayList<>();
        for (int i = 0; i < regions.seen.length; i++) {
            if (regions.enters(i)) {
                found.add(regions.from(i));
            }
        }
        return found;
    }

    /** Whether a pixel is of a region and was not met before; it is from now on. */
    private boolean enters(int pixel) {
        if (seen[pixel] || !(map.values()[pixel] > threshold)) {
            return false;
        }
        seen[pixel] = true;
        return true;
    }

    private record Extent(int first, int last) {
        Extent with(int column) {
            return new Extent(Math.min(first, column), Math.max(last, column));
        }
    }

    private Region from(int start) {
        final Map<Integer, Extent> rows = new HashMap<>();
        final Deque<Integer> open = new ArrayDeque<>(List.of(start));
        double sum = 0;
        int count = 0;
        while (!open.isEmpty()) {
            final int pixel = open.removeLast();
            final int row = pixel / map.columns();
            final int column = pixel % map.columns();
            sum += map.values()[pixel];
            count++;
            rows.merge(row, new Extent(column, column), (old, _) -> old.with(column));
            for (int y = Math.max(0, row - 1); y <= Math.min(map.rows() - 1, row + 1); y++) {
                for (int x = Math.max(0, column - 1); x <= Math.min(map.columns() - 1, column + 1); x++) {
                    if (enters(y * map.columns() + x)) {
                        open.addLast(y * map.columns() + x);
                    }
                }
            }
        }
        final List<Point> outline = new ArrayList<>();
        rows.forEach((row, extent) -> {
            outline.add(new Point(extent.first, row));
            outline.add(new Point(extent.last, row));
        });
        return new Region(outline, sum / count);
    }
}
