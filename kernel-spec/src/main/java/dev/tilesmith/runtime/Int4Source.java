package dev.tilesmith.runtime;

import dev.tilesmith.runtime.Weights.Orientation;

/**
 * Where a packer has values of four bits and their scales from: the columns of one panel after the other, and of these
 * one stretch of groups along K after the other, from the first. One thread's.
 */
sealed interface Int4Source permits BlockRows, NibbleRows, NibbleColumns, QuantizedFloats {
    /** Groups of a stretch at most: blocks are whole in it, whatever their length. */
    int STRETCH = 32;

    /** Where blocks have no minima. */
    float[] NO_MINS = {};

    /** The source of {@code weights} for panels of such a layout, whose scales have been checked. */
    static Int4Source of(Weights weights, PanelLayout layout, int bl) {
        if (weights.blocks().isPresent()) {
            return new BlockRows(weights, weights.blocks().get(), layout.nr());
        }
        if (weights.nibbles().isEmpty()) {
            return new QuantizedFloats(weights, layout, bl);
        }
        return weights.orientation() == Orientation.N_BY_K
                ? new NibbleRows(weights, weights.nibbles().get(), layout.nr(), bl)
                : new NibbleColumns(weights, weights.nibbles().get(), layout.nr(), bl);
    }

    /** The order of values within a group, as {@link NibbleGroups} has it. */
    int apart();

    /** Begins with the columns from {@code column} on, {@code columns} of them. */
    void begin(int column, int columns);

    /**
     * Reads groups from {@code group} on, {@code count} of them. Group g of column j goes to {@code g * nr + j}, as values
     * from 0 to 15, those beyond K as 0; scale b of column j to {@code [b * nr + j]}.
     */
    void read(int group, int count, NibbleGroups to, float[] scales);

    /** The minima of the blocks that were read last, where the scales of these are; nothing where blocks have none. */
    default float[] mins() {
        return NO_MINS;
    }
}
