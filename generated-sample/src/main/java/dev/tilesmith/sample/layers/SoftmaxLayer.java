package dev.tilesmith.sample.layers;

import dev.tilesmith.sample.rows.RowMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Softmax over the channels of each pixel.
 *
 * @param math computes powers
 */
record SoftmaxLayer(RowMath math) implements Layer {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int LANES = 16;

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
            normalize(math, row, 1);
            MemorySegment.copy(row, 0, output.data(), FLOAT, at, row.length);
        }
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
