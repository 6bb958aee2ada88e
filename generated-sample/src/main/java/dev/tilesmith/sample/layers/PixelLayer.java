package dev.tilesmith.sample.layers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A layer that makes of each pixel's channels those of the same pixel, of nothing else. */
interface PixelLayer extends SameSizeLayer {
    /** Overwrites the channels of a pixel. */
    void apply(float[] channels);

    @Override
    default void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final float[] row = new float[output.size().channels()];
        for (int pixel = 0; pixel < output.size().pixels(); pixel++) {
            final long at = (long) pixel * row.length * Float.BYTES;
            MemorySegment.copy(inputs.getFirst().data(), ValueLayout.JAVA_FLOAT, at, row, 0, row.length);
            apply(row);
            MemorySegment.copy(row, 0, output.data(), ValueLayout.JAVA_FLOAT, at, row.length);
        }
    }
}
