package dev.tilesmith.sample.layers;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** The channels of all maps, side by side. */
record ConcatLayer() implements Layer {
    @Override
    public Size output(List<Size> inputs) {
        final Size first = inputs.getFirst();
        for (final Size input : inputs) {
            if (input.height() != first.height() || input.width() != first.width()) {
                throw new IllegalArgumentException("inputs: channels of " + inputs + "; expected one height and width");
            }
        }
        final int channels = inputs.stream().mapToInt(Size::channels).sum();
        return new Size(first.height(), first.width(), channels);
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final long stride = (long) output.size().channels() * Float.BYTES;
        long first = 0;
        for (final FeatureMap input : inputs) {
            final long bytes = (long) input.size().channels() * Float.BYTES;
            for (int pixel = 0; pixel < input.size().pixels(); pixel++) {
                MemorySegment.copy(input.data(), pixel * bytes, output.data(), first + pixel * stride, bytes);
            }
            first += bytes;
        }
    }
}
