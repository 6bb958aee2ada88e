package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.rows.RowMath;

/**
 * Softmax over the channels of each pixel.
 *
 * @param math computes powers
 */
record SoftmaxLayer(RowMath math) implements PixelLayer {
    private static final int LANES = 16;

    @Override
    public void apply(float[] channels) {
        normalize(math, channels, 1);
    }

    /** Softmax of floats, each times {@code scale}, which is not negative. */
    static void normalize(RowMath math, float[] row, float scale) {
        float largest = Float.NEGATIVE_INFINITY;
        for (final float value : row) {
            largest = Math.max(largest, value);
        }
        math.powers(row, largest, scale);
        final float reciprocal = 1 / sum(row);
        for (int i = 0; i < row.length; i++) {
            row[i] *= reciprocal;
        }
    }

    /** The sum, by as many partial sums as a wide vector has lanes. */
    private static float sum(float[] row) {
        final float[] sums = new float[LANES];
        final int whole = row.length / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += row[i + lane];
            }
        }
        float sum = 0;
        for (final float part : sums) {
            sum += part;
        }
        for (int i = whole; i < row.length; i++) {
            sum += row[i];
        }
        return sum;
    }
}
