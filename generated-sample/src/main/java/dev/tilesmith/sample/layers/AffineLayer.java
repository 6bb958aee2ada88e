package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.Affine;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A scale and a shift.
 *
 * @param affine one of each for all channels, or for each
 */
record AffineLayer(Affine affine) implements SameSizeLayer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final MemorySegment from = inputs.getFirst().data();
        if (affine.scale().length == 1) {
            uniform(from, output.data(), output.size().floats(), affine.scale(0), affine.shift(0));
            return;
        }
        final int channels = output.size().channels();
        for (int pixel = 0; pixel < output.size().pixels(); pixel++) {
            final long first = (long) pixel * channels;
            for (int i = 0; i < channels; i++) {
                final float value = Math.fma(from.getAtIndex(FLOAT, first + i), affine.scale(i), affine.shift(i));
                output.data().setAtIndex(FLOAT, first + i, value);
            }
        }
    }

    private static void uniform(MemorySegment from, MemorySegment to, long count, float scale, float shift) {
        for (long i = 0; i < count; i++) {
            to.setAtIndex(FLOAT, i, Math.fma(from.getAtIndex(FLOAT, i), scale, shift));
        }
    }
}
