package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Nibbles;
import java.util.function.Supplier;

/**
 * Lays weights in blocks of 32 along K, whose scales are binary16, into panels, as {@link PanelLayout} says: ggml's {@code
 * Q4_0} ({@code QSI4C32}), {@code Q4_1} ({@code QAI4C32}, with a minimum for each block) and {@code Q8_0} ({@code QSI8D32}).
 * The metadata of a panel's columns are their biases.
 *
 * <p>f32 weights are quantized as ggml's reference functions do, in binary32, with the scale as it is before it is rounded:
 * {@link GgmlQ4Zero}, {@link GgmlQ4One}, {@link GgmlQ8Zero}.
 */
final class F16BlockRhsPacker {
    private static final int BLOCK = PanelLayout.INT4_GROUP;

    private final Supplier<BlockQuantizer> quantizer;

    /** Packs by {@code quantizer} what is f32. */
    F16BlockRhsPacker(Supplier<BlockQuantizer> quantizer) {
        this.quantizer = quantizer;
    }

    /**
     * Packs.
     *
     * @throws IllegalArgumentException if the weights are neither of the format with scales of blocks that are finite
     *     values of binary16, and minima where it has them, nor f32 without, whose scales are within binary16; or k is no
     *     multiple of 32
     */
    PackedPanels pack(Weights weights, PanelLayout layout, Packing packing) {
        WeightScales.OfBlocks.checkLength(weights.k(), BLOCK);
        if (weights.blockLength() != 0 && weights.blockLength() != BLOCK) {
            throw new IllegalArgumentException("blockLength: " + weights.blockLength()
                    + "; the left operand is quantized in blocks of " + BLOCK + ", and so must the weights be");
        }
        if (layout.weights().added() == 0
                && weights instanceof PlainWeights plain
                && plain.encoding() instanceof Nibbles nibbles
                && nibbles.zeroPoint() != 0) {
            throw new IllegalArgumentException(
                    "zeroPoint: 8; values of blocks with minima are from 0 to 15 as they are: expected 0");
        }
        return PanelPacker.pack(
                weights,
                layout,
                BLOCK,
                (floats, panels) -> new QuantizedBlocks(floats, panels, BLOCK, quantizer.get()),
                packing);
    }
}
