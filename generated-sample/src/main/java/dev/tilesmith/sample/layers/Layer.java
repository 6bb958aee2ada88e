package dev.tilesmith.sample.layers;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A step that can be run. Immutable; what a run needs comes with it. */
interface Layer {
    /** The size of what comes of maps of such sizes. */
    Size output(List<Size> inputs);

    /** Floats of scratch memory for such a run. */
    default long scratchFloats(List<Size> inputs) {
        return 0;
    }

    /** Whether the output may lie where the first input does. */
    default boolean worksInPlace() {
        return false;
    }

    /** Computes the output; the scratch memory is overwritten. */
    void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch);
}
