package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;

/**
 * Lays weights of four bits into panels, as {@link PanelLayout} says. The metadata of a panel's columns are, where a
 * channel has one scale, nr int32 sums of a column's values, nr f32 scales, nr f32 biases, or what {@link StaticMetadata} says; where blocks have scales, nr
 * f32 sums of {@code scale * Σ w} over the blocks in order, multiplied and then added, and nr f32 biases.
 *
 * <p>f32 weights are quantized here: the scale of a channel, or of a block, is its largest magnitude over 7, rounded to
 * the format of scales, or 1 where that is 0; values are divided by it, rounded to the nearest integer, halves to even,
 * and bounded to [-7, 7]. A value thus is off by half a scale at most, 1/14 of the largest magnitude, or 1/13.9 with
 * scales in BF16, unless that magnitude is subnormal.
 */
final class Int4RhsPacker {
    /** The length of blocks of f32 weights for which none is asked. */
    static final int DEFAULT_BLOCK = 32;

    private Int4RhsPacker() {}

    /** Packs weights with scales for channels. */
    static PackedPanels packChannels(Weights weights, PanelLayout layout, Packing packing) {
        return PanelPacker.pack(weights, layout, weights.k(), QuantizedChannels::new, packing);
    }

    /**
     * Packs weights with scales for blocks.
     *
     * @throws IllegalArgumentException if blocks are not what the layout has
     */
    static PackedPanels packBlocks(Weights weights, PanelLayout layout, Packing packing) {
        final int bl = weights.blockLength() == 0 ? DEFAULT_BLOCK : weights.blockLength();
        WeightScales.OfBlocks.checkLength(weights.k(), bl);
        return PanelPacker.pack(
                weights,
                layout,
                bl,
                (floats, panels) ->
                        new QuantizedBlocks(floats, panels, bl, new SymmetricBlocks(panels.scaleFormat(), bl)),
                packing);
    }
}
