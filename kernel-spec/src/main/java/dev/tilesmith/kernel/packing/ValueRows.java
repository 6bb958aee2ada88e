package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.PlainWeights;

/** Rows of values one after the other, of four bits two to a byte, a row for each output channel. */
final class ValueRows implements GroupSource {
    private final int k;
    private final int nr;
    private final int bits;
    private final long flip;
    private final GivenScales given;
    private final RowBytes rows;
    private int column;
    private int columns;

    /**
     * The rows of {@code weights}.
     *
     * @param flip what makes of their bits those of a panel, by exclusive or
     */
    ValueRows(PlainWeights weights, PanelLayout layout, int bl, long flip) {
        this.k = weights.k();
        this.nr = layout.nr();
        this.bits = layout.weights().stored().bits();
        this.flip = flip;
        this.given = new GivenScales(weights, layout, bl);
        this.rows = new RowBytes(weights.values(), nr, ValueGroups.BYTES);
    }

    @Override
    public int apart() {
        return 1;
    }

    @Override
    public void begin(int newColumn, int newColumns, BlockScales scales) {
        column = newColumn;
        columns = newColumns;
        rows.begin();
        given.begin(column, columns, scales);
    }

    @Override
    public void read(int group, int count, ValueGroups to, BlockScales scales) {
        rows.fetch(column, columns, group);
        for (int i = 0; i < count; i++) {
            final GroupMask mask = GroupMask.of((group + i) * given.groupLength(), k, bits);
            readGroups(rows.place(group + i), i * nr, mask.first(), mask.last(), to);
        }
        given.read(column, columns, group, count, scales);
    }

    /** Reads a group of each row. */
    private void readGroups(int start, int to, long firstMask, long lastMask, ValueGroups groups) {
        final int step = rows.step();
        int at = start;
        for (int j = 0; j < columns; j++) {
            groups.put(to + j, (rows.longAt(at) ^ flip) & firstMask, (rows.longAt(at + Long.BYTES) ^ flip) & lastMask);
            at += step;
        }
    }
}
