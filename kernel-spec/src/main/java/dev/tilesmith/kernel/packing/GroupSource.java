package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.runtime.Weights.Nibbles;

/**
 * Where a packer has values of four bits or eight, and their scales, from: the columns of one panel after the other, and of
 * these one stretch of groups along K after the other, from the first. One thread's.
 */
sealed interface GroupSource permits BlockRows, ValueRows, ValueColumns, QuantizedFloats {
    /** Where values of f32 weights are from: what quantizes them. */
    @FunctionalInterface
    interface OfFloats {
        GroupSource of(PlainWeights weights, PanelLayout layout);
    }

    /** The source of {@code weights}, which have been checked, for panels of such a layout. */
    static GroupSource of(Weights weights, PanelLayout layout, int bl, OfFloats floats) {
        return switch (weights) {
            case BlockWeights given -> new BlockRows(given, layout.nr());
            case PlainWeights given ->
                switch (given.encoding()) {
                    case Elements elements ->
                        switch (elements) {
                            case F32 -> floats.of(given, layout);
                            case INT8 -> ofValues(given, layout, bl, 0);
                            case INT16, INT32 -> throw notTaken(weights);
                        };
                    case Nibbles nibbles ->
                        ofValues(given, layout, bl, layout.weights().added() == 0 ? 0 : nibbles.flip());
                    case Codes _, Halves _ -> throw notTaken(weights);
                };
        };
    }

    private static IllegalArgumentException notTaken(Weights weights) {
        return new IllegalArgumentException("weights: " + weights + "; expected values of four bits or eight, or f32");
    }

    private static GroupSource ofValues(PlainWeights weights, PanelLayout layout, int bl, long flip) {
        return switch (weights.orientation()) {
            case N_BY_K -> new ValueRows(weights, layout, bl, flip);
            case K_BY_N -> new ValueColumns(weights, layout, bl, flip);
        };
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
