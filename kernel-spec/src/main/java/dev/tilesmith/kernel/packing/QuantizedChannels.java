package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.ScaleFormat;
import dev.tilesmith.runtime.PlainWeights;
import java.util.Arrays;

/** f32 weights that are quantized with one scale for each channel. */
final class QuantizedChannels extends QuantizedFloats {
    private final int k;
    private final int stretch;
    private final float[] largest;

    QuantizedChannels(PlainWeights weights, PanelLayout layout) {
        super(weights, layout);
        this.k = weights.k();
        this.stretch = ValueGroups.STRETCH * ValueGroups.values(layout);
        this.largest = new float[layout.nr()];
    }

    /** The scale of a channel takes all of its values, which so are read twice. */
    @Override
    void measure(BlockScales scales) {
        Arrays.fill(largest, 0f);
        for (int start = 0; start < k; start += stretch) {
            final int count = fetch(start, stretch);
            for (int j = 0; j < columns(); j++) {
                final float found = SymmetricQuantizer.largest(floats().floats(), floats().place(j), count);
                floats().checkFinite(found, j, 0, count);
                largest[j] = Math.max(largest[j], found);
            }
        }
        for (int j = 0; j < columns(); j++) {
            scales.scales()[j] = SymmetricQuantizer.INT4.scale(largest[j], ScaleFormat.F32);
        }
    }

    @Override
    void quantize(int j, int start, int count, byte[] to, BlockScales scales) {
        SymmetricQuantizer.INT4.quantize(
                floats().floats(), floats().place(j), count, largest[j], scales.scales()[j], to, 0);
    }
}
