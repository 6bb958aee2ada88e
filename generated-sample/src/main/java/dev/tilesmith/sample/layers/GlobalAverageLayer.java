package dev.tilesmith.sample.layers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** The mean of all pixels: sums of a row of pixels, and of these. */
record GlobalAverageLayer() implements Layer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public Size output(List<Size> inputs) {
        return new Size(1, 1, inputs.getFirst().channels());
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final Size size = inputs.getFirst().size();
        final float[] sums = new float[size.channels()];
        for (int row = 0; row < size.height(); row++) {
            final float[] ofRow = new float[size.channels()];
            for (int column = 0; column < size.width(); column++) {
                add(inputs.getFirst().data(), ((long) row * size.width() + column) * sums.length, ofRow);
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] += ofRow[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            output.data().setAtIndex(FLOAT, i, sums[i] / size.pixels());
        }
    }

    private static void add(MemorySegment from, long first, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += from.getAtIndex(FLOAT, first + i);
        }
    }
}
