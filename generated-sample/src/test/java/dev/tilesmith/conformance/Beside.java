package dev.tilesmith.conformance;

import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;

/** What is given beside the values of weights: arrays that are empty where it is not. */
public final class Beside {
    private static final float[] NOTHING = {};

    private Beside() {}

    /** Scales, of channels or of blocks. */
    public static float[] scales(Weights weights) {
        return switch (weights) {
            case PlainWeights plain ->
                switch (plain.scales()) {
                    case WeightScales.OfChannels given -> given.values();
                    case WeightScales.OfBlocks given -> given.scales();
                    case WeightScales.None _ -> NOTHING;
                };
            case BlockWeights _ -> NOTHING;
        };
    }

    /** Minima of blocks. */
    public static float[] mins(Weights weights) {
        return weights instanceof PlainWeights plain && plain.scales() instanceof WeightScales.OfBlocks given
                ? given.mins()
                : NOTHING;
    }
}
