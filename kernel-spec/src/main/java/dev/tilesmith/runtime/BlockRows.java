package dev.tilesmith.runtime;

import java.util.Arrays;

/** Rows of blocks of four bits that hold their own scales, and their own minima where they have any. */
final class BlockRows implements Int4Source {
    private final BlockLayout blocks;
    private final int nr;
    private final RowBytes rows;
    private final short[] halves;
    private final short[] minHalves;
    private final float[] mins;
    private int column;
    private int columns;

    BlockRows(Weights weights, BlockLayout blocks, int nr) {
        this.blocks = blocks;
        this.nr = nr;
        this.rows = new RowBytes(weights.values(), nr, blocks.bytes());
        this.halves = new short[STRETCH * nr];
        this.minHalves = new short[blocks.hasMin() ? STRETCH * nr : 0];
        this.mins = new float[minHalves.length];
    }

    @Override
    public int apart() {
        return NibbleGroups.BYTES;
    }

    @Override
    public void begin(int newColumn, int newColumns) {
        column = newColumn;
        columns = newColumns;
        rows.begin();
        Arrays.fill(halves, (short) 0);
        Arrays.fill(minHalves, (short) 0);
    }

    @Override
    public void read(int group, int count, NibbleGroups to, float[] scales) {
        rows.fetch(column, columns, group);
        for (int i = 0; i < count; i++) {
            readBlocks(rows.place(group + i), i * nr, to);
        }
        widen(halves, count * nr, scales);
        if (blocks.hasMin()) {
            for (int i = 0; i < count; i++) {
                readMins(rows.place(group + i), i * nr);
            }
            widen(minHalves, count * nr, mins);
        }
    }

    private static void widen(short[] from, int count, float[] to) {
        for (int i = 0; i < count; i++) {
            to[i] = Float.float16ToFloat(from[i]);
        }
    }

    @Override
    public float[] mins() {
        return mins;
    }

    /** Reads the min of a block of each row, which comes right after its scale. */
    private void readMins(int start, int to) {
        final int step = rows.step();
        int at = start + Short.BYTES;
        for (int j = 0; j < columns; j++) {
            minHalves[to + j] = rows.shortAt(at);
            at += step;
        }
    }

    /** Reads a block of each row. */
    private void readBlocks(int start, int to, NibbleGroups groups) {
        final int step = rows.step();
        final int valuesAt = blocks.valuesAt();
        int at = start;
        for (int j = 0; j < columns; j++) {
            groups.put(to + j, rows.longAt(at + valuesAt), rows.longAt(at + valuesAt + Long.BYTES));
            halves[to + j] = rows.shortAt(at);
            at += step;
        }
    }
}
