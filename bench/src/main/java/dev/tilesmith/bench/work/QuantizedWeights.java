package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;

/** Weights in fewer bits than f32 has, and the scales, where there are any, that make floats of them. */
public sealed interface QuantizedWeights permits ChannelWeights, BlockWeights, GgmlBlocks, HalfWeights {
    /** Writes what the values stand for: n x k floats. */
    void dequantizeInto(MemorySegment weights);
}
