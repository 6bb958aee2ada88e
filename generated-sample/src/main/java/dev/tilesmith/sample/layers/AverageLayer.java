package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.Average;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The mean of every window.
 *
 * @param window rows and columns
 */
record AverageLayer(Average window) implements Layer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public Size output(List<Size> inputs) {
        final Size input = inputs.getFirst();
        return new Size(input.height() / window.rows(), input.width() / window.columns(), input.channels());
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final Size size = output.size();
        for (int row = 0; row < size.height(); row++) {
            for (int column = 0; column < size.width(); column++) {
                final float[] mean = mean(inputs.getFirst(), row * window.rows(), column * window.columns());
                final long to = ((long) row * size.width() + column) * size.channels();
                MemorySegment.copy(mean, 0, output.data(), FLOAT, to * Float.BYTES, mean.length);
            }
        }
    }

    private float[] mean(FeatureMap input, int firstRow, int firstColumn) {
        final Size size = input.size();
        final float[] mean = new float[size.channels()];
        for (int row = firstRow; row < firstRow + window.rows(); row++) {
            for (int column = firstColumn; column < firstColumn + window.columns(); column++) {
                final long from = ((long) row * size.width() + column) * mean.length;
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += input.data().getAtIndex(FLOAT, from + i);
                }
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= window.rows() * window.columns();
        }
        return mean;
    }
}
