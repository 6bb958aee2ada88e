package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.LayerNorm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The norm of each pixel's channels.
 *
 * @param norm its parameters
 */
record LayerNormLayer(LayerNorm norm) implements Layer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    @Override
    public Size output(List<Size> inputs) {
        return inputs.getFirst();
    }

    @Override
    public boolean worksInPlace() {
        return true;
    }

    @Override
    public void run(List<FeatureMap> inputs, FeatureMap output, MemorySegment scratch) {
        final float[] row = new float[output.size().channels()];
        for (int pixel = 0; pixel < output.size().pixels(); pixel++) {
            final long at = (long) pixel * row.length * Float.BYTES;
            MemorySegment.copy(inputs.getFirst().data(), FLOAT, at, row, 0, row.length);
            normalize(row);
            MemorySegment.copy(row, 0, output.data(), FLOAT, at, row.length);
        }
    }

    private void normalize(float[] row) {
        float sum = 0;
        for (final float value : row) {
            sum += value;
        }
        final float mean = sum / row.length;
        float squares = 0;
        for (final float value : row) {
            squares = Math.fma(value - mean, value - mean, squares);
        }
        final float factor = (float) (1 / Math.sqrt(squares / row.length + norm.epsilon()));
        for (int i = 0; i < row.length; i++) {
            row[i] = Math.fma((row[i] - mean) * factor, norm.gamma()[i], norm.beta()[i]);
        }
    }
}
