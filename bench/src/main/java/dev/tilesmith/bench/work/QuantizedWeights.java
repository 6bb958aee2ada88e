package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;

/** Weights in integers, and the scales that make floats of them. */
public sealed interface QuantizedWeights permits ChannelWeights, BlockWeights {
    /** Writes what the values stand for: n x k floats. */
    void dequantizeInto(MemorySegment weights);
}
