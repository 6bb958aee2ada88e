package dev.tilesmith.sample.layers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Sums of two maps. */
record AddLayer() implements SameSizeLayer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public Size output(List<Size> inputs) {
        if (!inputs.getFirst().equals(inputs.getLast())) {
            throw new IllegalArgumentException("inputs: sums of " + inputs + "; expected two of one size");
        }
        return inputs.getFirst();
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        add(
                inputs.getFirst().data(),
                inputs.getLast().data(),
                output.data(),
                output.size().floats());
    }

    private static void add(MemorySegment left, MemorySegment right, MemorySegment to, long count) {
        for (long i = 0; i < count; i++) {
            to.setAtIndex(FLOAT, i, left.getAtIndex(FLOAT, i) + right.getAtIndex(FLOAT, i));
        }
    }
}
