package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ScaleFormat;
import dev.tilesmith.runtime.PlainWeights;

/** f32 weights that are quantized with a scale for each block, and a minimum where blocks have any. */
final class QuantizedBlocks extends QuantizedFloats {
    private final BlockQuantizer quantizer;
    private final ScaleFormat format;
    private final int bl;

    QuantizedBlocks(PlainWeights weights, PanelLayout layout, int bl, BlockQuantizer quantizer) {
        super(weights, layout);
        this.quantizer = quantizer;
        this.format = layout.scaleFormat();
        this.bl = bl;
    }

    @Override
    void measure(BlockScales scales) {
        // each block has all that it takes
    }

    @Override
    void quantize(int j, int start, int count, byte[] to, BlockScales scales) {
        for (int at = 0; at < count; at += bl) {
            final int from = floats().place(j) + at;
            floats().checkFinite(quantizer.measure(floats().floats(), from), j, at, bl);
            final int block = (start + at) / bl;
            final int place = at / bl * nr() + j;
            scales.scales()[place] = checked(quantizer.scale(), j, block);
            if (scales.mins().length != 0) {
                scales.mins()[place] = checked(quantizer.min(), j, block);
            }
            quantizer.quantize(floats().floats(), from, to, at);
        }
    }

    private float checked(float value, int j, int block) {
        if (!Float.isFinite(format.round(value))) {
            throw new IllegalArgumentException("weights: block " + block + " of channel " + channel(j)
                    + " would have a scale or a minimum of " + value + ", beyond binary16's 65504");
        }
        return value;
    }
}
