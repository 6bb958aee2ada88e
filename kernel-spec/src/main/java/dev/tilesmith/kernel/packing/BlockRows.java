package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.BlockWeights;
import java.util.Arrays;

/** Rows of blocks that hold their own scales, and their own minima where they have any. */
final class BlockRows implements GroupSource {
    private final BlockLayout blocks;
    private final int groupsOfBlock;
    private final int nr;
    private final RowBytes rows;
    private final short[] halves;
    private int column;
    private int columns;

    BlockRows(BlockWeights weights, int nr) {
        this.blocks = weights.blocks();
        this.groupsOfBlock = (blocks.bytes() - blocks.valuesAt()) / ValueGroups.BYTES;
        this.nr = nr;
        this.rows = new RowBytes(weights.values(), nr, blocks.bytes());
        this.halves = new short[ValueGroups.STRETCH / groupsOfBlock * nr];
    }

    @Override
    public int apart() {
        return ValueGroups.BYTES;
    }

    @Override
    public void begin(int newColumn, int newColumns, BlockScales scales) {
        column = newColumn;
        columns = newColumns;
        rows.begin();
        Arrays.fill(halves, (short) 0);
    }

    @Override
    public void read(int group, int count, ValueGroups to, BlockScales scales) {
        final int block = group / groupsOfBlock;
        final int read = count / groupsOfBlock;
        rows.fetch(column, columns, block);
        for (int b = 0; b < read; b++) {
            final int start = rows.place(block + b) + blocks.valuesAt();
            for (int i = 0; i < groupsOfBlock; i++) {
                readGroups(start + i * ValueGroups.BYTES, (b * groupsOfBlock + i) * nr, to);
            }
        }
        readHalves(block, read, 0, scales.scales());
        if (blocks.hasMin()) {
            readHalves(block, read, Short.BYTES, scales.mins());
        }
    }

    /** Reads a group of each row. */
    private void readGroups(int start, int to, ValueGroups groups) {
        final int step = rows.step();
        int at = start;
        for (int j = 0; j < columns; j++) {
            groups.put(to + j, rows.longAt(at), rows.longAt(at + Long.BYTES));
            at += step;
        }
    }

    /** Reads the binary16 at byte {@code offset} of each block. */
    private void readHalves(int block, int count, int offset, float[] to) {
        for (int b = 0; b < count; b++) {
            readHalves(rows.place(block + b) + offset, b * nr);
        }
        for (int i = 0; i < count * nr; i++) {
            to[i] = Float.float16ToFloat(halves[i]);
        }
    }

    /** Reads that of a block of each row. */
    private void readHalves(int start, int to) {
        final int step = rows.step();
        int at = start;
        for (int j = 0; j < columns; j++) {
            halves[to + j] = rows.shortAt(at);
            at += step;
        }
    }
}
