package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ScaleFormat;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;

/** Scales, and minima, that a caller gives beside the values. */
final class GivenScales {
    private final WeightScales given;
    private final int k;
    private final int nr;
    private final int bl;
    private final int groupLength;

    GivenScales(PlainWeights weights, PanelLayout layout, int bl) {
        this.given = weights.scales();
        this.k = weights.k();
        this.nr = layout.nr();
        this.bl = bl;
        this.groupLength = ValueGroups.values(layout);
    }

    /** Fails unless scales and minima are finite, and those of blocks of the format in which a panel has them. */
    static void check(Weights weights, PanelLayout layout) {
        switch (weights) {
            case PlainWeights plain -> check(plain, layout);
            case BlockWeights _ -> {
                // are looked at as they are read
            }
        }
    }

    private static void check(PlainWeights weights, PanelLayout layout) {
        switch (weights.scales()) {
            case WeightScales.None _ -> {
                // are finite
            }
            case WeightScales.OfChannels scales -> checkFinite(scales.values());
            case WeightScales.OfBlocks scales -> {
                final ScaleFormat format = layout.scaleFormat();
                final int blocks = weights.k() / scales.length();
                format.check("scales", blocks, scales.scales());
                format.check("mins", blocks, scales.mins());
            }
        }
    }

    private static void checkFinite(float... scales) {
        for (int j = 0; j < scales.length; j++) {
            if (!Float.isFinite(scales[j])) {
                throw new IllegalArgumentException("scales: " + (scales.length == 1 ? "" : "channel " + j + " has ")
                        + scales[j] + "; expected finite scales, which may be negative or 0");
            }
        }
    }

    /** Values of a group. */
    int groupLength() {
        return groupLength;
    }

    /** Copies the scales of {@code columns} channels from {@code column}, where each has one. */
    void begin(int column, int columns, BlockScales to) {
        copyOfChannels(given, column, columns, to.scales());
    }

    /** Copies the scales of {@code columns} channels from {@code column}, where each has one: 1 where none are given. */
    static void copyOfChannels(WeightScales given, int column, int columns, float[] to) {
        switch (given) {
            case WeightScales.None _ -> Arrays.fill(to, 0, columns, 1f);
            case WeightScales.OfChannels scales -> {
                for (int j = 0; j < columns; j++) {
                    to[j] = scales.of(column + j);
                }
            }
            case WeightScales.OfBlocks _ -> {
                // come with their blocks
            }
        }
    }

    /** Copies those of the blocks that begin within a stretch, where there are any. */
    void read(int column, int columns, int group, int count, BlockScales to) {
        switch (given) {
            case WeightScales.None _, WeightScales.OfChannels _ -> {
                // are there since the panel was begun
            }
            case WeightScales.OfBlocks scales -> {
                final int block = group * groupLength / bl;
                final int blocks = count * groupLength / bl;
                copy(scales.scales(), column, columns, block, blocks, to.scales());
                if (to.mins().length != 0) {
                    copy(scales.mins(), column, columns, block, blocks, to.mins());
                }
            }
        }
    }

    private void copy(float[] from, int column, int columns, int block, int blocks, float[] to) {
        for (int j = 0; j < columns; j++) {
            final int at = (column + j) * (k / bl) + block;
            for (int b = 0; b < blocks; b++) {
                to[b * nr + j] = from[at + b];
            }
        }
    }
}
