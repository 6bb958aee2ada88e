package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.network.Operation.LayerNorm;

/**
 * The norm of each pixel's channels.
 *
 * @param norm its parameters
 */
record LayerNormLayer(LayerNorm norm) implements PixelLayer {
    @Override
    public void apply(float[] row) {
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
