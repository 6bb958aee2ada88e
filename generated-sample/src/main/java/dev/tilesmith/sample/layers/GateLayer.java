package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.Gate;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A map times the one pixel of another.
 *
 * @param gate what is added to the factors
 */
record GateLayer(Gate gate) implements SameSizeLayer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public Size output(List<Size> inputs) {
        final Size map = inputs.getFirst();
        if (!inputs.getLast().equals(new Size(1, 1, map.channels()))) {
            throw new IllegalArgumentException("inputs: " + map + " times " + inputs.getLast());
        }
        return map;
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final int channels = output.size().channels();
        final long bytes = (long) channels * Float.BYTES;
        final MemorySegment from = inputs.getFirst().data();
        final float[] factors = inputs.getLast().data().asSlice(0, bytes).toArray(FLOAT);
        for (int i = 0; i < factors.length; i++) {
            factors[i] += gate.base();
        }
        for (int pixel = 0; pixel < output.size().pixels(); pixel++) {
            multiply(from, output.data(), (long) pixel * channels, factors);
        }
    }

    private static void multiply(MemorySegment from, MemorySegment to, long first, float[] factors) {
        for (int i = 0; i < factors.length; i++) {
            to.setAtIndex(FLOAT, first + i, from.getAtIndex(FLOAT, first + i) * factors[i]);
        }
    }
}
