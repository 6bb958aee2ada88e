package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.Enlarge;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Each pixel so many times, down and across.
 *
 * @param enlarge how many times
 */
record EnlargeLayer(Enlarge enlarge) implements Layer {
    @Override
    public Size output(List<Size> inputs) {
        final Size input = inputs.getFirst();
        final int factor = enlarge.factor();
        return new Size(factor * input.height(), factor * input.width(), input.channels());
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final MemorySegment from = inputs.getFirst().data();
        final MemorySegment to = output.data();
        final int width = inputs.getFirst().size().width();
        final long pixel = (long) output.size().channels() * Float.BYTES;
        final long line = output.size().width() * pixel;
        for (int row = 0; row < output.size().height(); row++) {
            if (row % enlarge.factor() != 0) {
                MemorySegment.copy(to, (row - 1) * line, to, row * line, line);
                continue;
            }
            final long first = (long) (row / enlarge.factor()) * width * pixel;
            for (int column = 0; column < output.size().width(); column++) {
                final long source = first + column / enlarge.factor() * pixel;
                MemorySegment.copy(from, source, to, row * line + column * pixel, pixel);
            }
        }
    }
}
