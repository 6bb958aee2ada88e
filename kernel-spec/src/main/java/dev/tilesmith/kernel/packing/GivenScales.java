package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ScaleFormat;
import dev.tilesmith.runtime.Weights;

/** Scales, and minima, that a caller gives beside the values. */
final class GivenScales {
    private final Weights weights;
    private final int nr;
    private final int bl;
    private final boolean hasBlocks;
    private final int groupLength;

    GivenScales(Weights weights, PanelLayout layout, int bl) {
        this.weights = weights;
        this.nr = layout.nr();
        this.bl = bl;
        this.hasBlocks = layout.hasBlocks();
        this.groupLength = ValueGroups.values(layout);
    }

    /** Fails unless scales and minima are finite, and those of blocks of the format in which a panel has them. */
    static void check(Weights weights, PanelLayout layout) {
        if (weights.blockLength() != 0) {
            final ScaleFormat format = layout.scaleFormat();
            final int blocks = weights.k() / weights.blockLength();
            format.check("scales", blocks, weights.scales());
            format.check("mins", blocks, weights.mins());
            return;
        }
        for (int j = 0; j < weights.scales().length; j++) {
            if (!Float.isFinite(weights.scales()[j])) {
                throw new IllegalArgumentException("scales: "
                        + (weights.scales().length == 1 ? "" : "channel " + j + " has ") + weights.scales()[j]
                        + "; expected finite scales, which may be negative or 0");
            }
        }
    }

    /** Values of a group. */
    int groupLength() {
        return groupLength;
    }

    /** Copies the scales of {@code columns} channels from {@code column}, where each has one. */
    void begin(int column, int columns, BlockScales to) {
        for (int j = 0; !hasBlocks && j < columns; j++) {
            to.scales()[j] = weights.scales().length == 0 ? 1f : weights.scale(column + j);
        }
    }

    /** Copies those of the blocks that begin within a stretch, where there are any. */
    void read(int column, int columns, int group, int count, BlockScales to) {
        if (hasBlocks) {
            final int block = group * groupLength / bl;
            final int blocks = count * groupLength / bl;
            copy(weights.scales(), column, columns, block, blocks, to.scales());
            if (to.mins().length != 0) {
                copy(weights.mins(), column, columns, block, blocks, to.mins());
            }
        }
    }

    private void copy(float[] given, int column, int columns, int block, int blocks, float[] to) {
        for (int j = 0; j < columns; j++) {
            final int from = (column + j) * (weights.k() / bl) + block;
            for (int b = 0; b < blocks; b++) {
                to[b * nr + j] = given[from + b];
            }
        }
    }
}
