package dev.tilesmith.runtime;

/** The scales of blocks that a caller gives beside the values; none where a channel has one scale. */
record GivenScales(Weights weights, int nr, int bl) {
    /** Copies the scales of the blocks that begin within a stretch, for {@code columns} columns from {@code column}. */
    void read(int column, int columns, int group, int count, float[] to) {
        if (weights.blockLength() == 0 || weights.scales().length == 0) {
            return;
        }
        final int blocks = weights.k() / bl;
        final int firstBlock = group * NibbleGroups.VALUES / bl;
        final int read = count * NibbleGroups.VALUES / bl;
        for (int j = 0; j < columns; j++) {
            final int from = (column + j) * blocks + firstBlock;
            for (int b = 0; b < read; b++) {
                to[b * nr + j] = weights.scales()[from + b];
            }
        }
    }
}
