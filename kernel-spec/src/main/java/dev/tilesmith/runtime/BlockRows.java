package dev.tilesmith.runtime;

import java.util.Arrays;

/** Rows of blocks that hold their own scales, of four bits and without a min. */
final class BlockRows implements Int4Source {
    private final BlockLayout blocks;
    private final int nr;
    private final RowBytes rows;
    private final short[] halves;
    private int column;
    private int columns;

    BlockRows(Weights weights, BlockLayout blocks, int nr) {
        this.blocks = blocks;
        this.nr = nr;
        this.rows = new RowBytes(weights.values(), nr, blocks.bytes());
        this.halves = new short[STRETCH * nr];
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
    }

    @Override
    public void read(int group, int count, NibbleGroups to, float[] scales) {
        rows.fetch(column, columns, group);
        for (int i = 0; i < count; i++) {
            readBlocks(rows.place(group + i), i * nr, to);
        }
        for (int i = 0; i < count * nr; i++) {
            scales[i] = Float.float16ToFloat(halves[i]);
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
