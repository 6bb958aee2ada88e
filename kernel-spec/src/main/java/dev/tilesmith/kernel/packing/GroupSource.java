package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.ElementKind;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.runtime.Weights.Orientation;

/**
 * Where a packer has values of four bits or eight, and their scales, from: the columns of one panel after the other, and of
 * these one stretch of groups along K after the other, from the first. One thread's.
 */
sealed interface GroupSource permits BlockRows, ValueRows, ValueColumns, QuantizedFloats {
    /** Where values of f32 weights are from: what quantizes them. */
    @FunctionalInterface
    interface OfFloats {
        GroupSource of(Weights weights, PanelLayout layout);
    }

    /** The source of {@code weights}, which have been checked, for panels of such a layout. */
    static GroupSource of(Weights weights, PanelLayout layout, int bl, OfFloats floats) {
        if (weights.blocks().isPresent()) {
            return new BlockRows(weights, weights.blocks().get(), layout.nr());
        }
        if (weights.nibbles().isEmpty() && !ElementKind.isBytes(weights.values())) {
            return floats.of(weights, layout);
        }
        final long flip = layout.weights().added() == 0
                ? 0
                : weights.nibbles().map(Nibbles::flip).orElse(0L);
        return weights.orientation() == Orientation.N_BY_K
                ? new ValueRows(weights, layout, bl, flip)
                : new ValueColumns(weights, layout, bl, flip);
    }

    /** The order of values of four bits within a group, as {@link ValueGroups} has it; of eight bits there is one alone. */
    int apart();

    /**
     * Begins with the columns from {@code column} on, {@code columns} of them. Where a channel has one scale, that of column
     * j goes to {@code [j]} of the scales, and nothing does later.
     */
    void begin(int column, int columns, BlockScales scales);

    /**
     * Reads groups from {@code group} on, {@code count} of them. Group g of column j goes to {@code g * nr + j}, of four
     * bits as values from 0 to 15, those beyond K as 0; scale and minimum of block b of column j to {@code [b * nr + j]}.
     */
    void read(int group, int count, ValueGroups to, BlockScales scales);
}
