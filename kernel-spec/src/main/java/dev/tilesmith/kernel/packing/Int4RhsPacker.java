package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.WeightsShape;

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
public final class Int4RhsPacker {
    /** The longest sums: {@code 255 * 8 * k} fits an int32. */
    public static final int MAX_K = Integer.MAX_VALUE / (255 * 8);

    /** The length of blocks of f32 weights for which none is asked. */
    static final int DEFAULT_BLOCK = 32;

    /** What is added to values to store them unsigned. */
    public static final int OFFSET = 8;

    private static final int LARGEST = 7;

    /** The rule for f32 weights. */
    static final SymmetricQuantizer QUANTIZER = new SymmetricQuantizer(LARGEST, OFFSET);

    private Int4RhsPacker() {}

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are neither of four bits with scales nor finite f32 without, if
     *     scales or blocks are not what the layout has, or k is so large that a sum could overflow
     */
    static PackedRhs pack(Weights weights, PanelLayout layout, Packing packing) {
        StaticMetadata.check(weights, layout);
        final int k = weights.k();
        if (!layout.hasBlocks() && k > MAX_K) {
            throw new IllegalArgumentException("k: " + k + "; int4 sums of more than " + MAX_K
                    + " products could overflow 32 bits: split the product along k");
        }
        return PanelPacker.pack(weights, layout, blockLength(weights, layout), packing);
    }

    private static int blockLength(Weights weights, PanelLayout layout) {
        if (!layout.hasBlocks()) {
            return weights.k();
        }
        final int bl = weights.blockLength() == 0 ? DEFAULT_BLOCK : weights.blockLength();
        WeightsShape.checkBlocks(weights.k(), bl);
        return bl;
    }
}
