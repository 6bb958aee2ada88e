package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Rounding;

/**
 * Quantizes rows of f32 values to int8, each with a scale and a zero point of its own, in Java: the values of {@code
 * QAI8DX}, kept as floats.
 *
 * <p>The scale maps the range of the row, 0 included, to 255 steps. NaN takes no part in the range; a product with the
 * scale that is NaN rounds to 0; the inverse of a scale of 0 is 0.
 */
final class RowQuantizer {
    private int zeroPoint;
    private float inverseScale;

    /** What 0 became in the last row. */
    int zeroPoint() {
        return zeroPoint;
    }

    /** By how much differences from the zero point of the last row are multiplied to get its values back. */
    float inverseScale() {
        return inverseScale;
    }

    /** Quantizes {@code k} values from {@code at} in place. */
    void quantize(float[] row, int at, int k) {
        float rmin = 0f;
        float rmax = 0f;
        for (int p = at; p < at + k; p++) {
            final float value = row[p];
            // a comparison with NaN is false: NaN changes neither
            rmin = value < rmin ? value : rmin;
            rmax = value > rmax ? value : rmax;
        }
        final float scale = rmin == rmax ? 1f : 255f / (rmax - rmin);
        inverseScale = scale == 0f ? 0f : 1f / scale;
        final float zero = zeroPoint(rmin * scale, rmax * scale);
        zeroPoint = (int) zero;
        for (int p = at; p < at + k; p++) {
            final float rounded = Rounding.halfAway(row[p] * scale);
            row[p] = Math.min(Math.max(rounded + zero, -128f), 127f);
        }
    }

    /**
     * What the sums of {@code k} quantized values begin with, where weights are stored unsigned: {@code factor * Σ q}.
     *
     * @param factor {@link PackedPanels#beginningFactor}
     */
    static int beginning(float[] quantized, int at, int k, int factor) {
        int sum = 0;
        for (int p = at; p < at + k; p++) {
            sum += (int) quantized[p];
        }
        return factor * sum;
    }

    /** A zero point that is NaN, as a row with an infinity has, is 0. */
    private static float zeroPoint(float min, float max) {
        final float exact = -128f + min + (127f + max) > 0f ? -128f - min : 127f - max;
        return (int) Math.rint(Math.min(Math.max(exact, -128f), 127f));
    }
}
