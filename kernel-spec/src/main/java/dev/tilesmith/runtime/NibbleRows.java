package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Nibbles;

/** Rows of values of four bits, two to a byte one after the other, a row for each output channel. */
final class NibbleRows implements Int4Source {
    private final int k;
    private final int nr;
    private final long flip;
    private final GivenScales given;
    private final RowBytes rows;
    private int column;
    private int columns;

    NibbleRows(Weights weights, Nibbles nibbles, int nr, int bl) {
        this.k = weights.k();
        this.nr = nr;
        this.flip = nibbles.flip();
        this.given = new GivenScales(weights, nr, bl);
        this.rows = new RowBytes(weights.values(), nr, NibbleGroups.BYTES);
    }

    @Override
    public int apart() {
        return 1;
    }

    @Override
    public void begin(int newColumn, int newColumns) {
        column = newColumn;
        columns = newColumns;
        rows.begin();
    }

    @Override
    public void read(int group, int count, NibbleGroups to, float[] scales) {
        rows.fetch(column, columns, group);
        for (int i = 0; i < count; i++) {
            final NibbleMask mask = NibbleMask.of((group + i) * NibbleGroups.VALUES, k);
            readGroups(rows.place(group + i), i * nr, mask.first(), mask.last(), to);
        }
        given.read(column, columns, group, count, scales);
    }

    /** Reads a group of each row. */
    private void readGroups(int start, int to, long firstMask, long lastMask, NibbleGroups groups) {
        final int step = rows.step();
        int at = start;
        for (int j = 0; j < columns; j++) {
            groups.put(to + j, (rows.longAt(at) ^ flip) & firstMask, (rows.longAt(at + Long.BYTES) ^ flip) & lastMask);
            at += step;
        }
    }
}
