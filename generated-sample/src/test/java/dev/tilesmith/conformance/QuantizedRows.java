package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Operands;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Rows that are hard to quantize when a kernel runs, each with a scale and a zero point of its own. Weights that are a
 * unit matrix give back each quantized value.
 */
final class QuantizedRows {
    /** Values of a row of ties. */
    private static final int VALUES = 66;

    private QuantizedRows() {}

    /**
     * Products of hard rows with a unit matrix.
     *
     * @param unit the unit matrix of k × k
     */
    static Stream<Operands> all(FormatUnderTest format, IntFunction<Weights> unit) {
        final Stream<Operands> awkward = awkward().stream().map(given -> {
            final int k = format.depth(given.length).k();
            final float[] row = Arrays.copyOf(given, k); // a zero changes neither scale nor zero point
            return new Operands("row " + Arrays.toString(given), Matrix.of(row, 1, k), unit.apply(k));
        });
        final int k = format.depth(VALUES).k();
        final Stream<Operands> ties = Stream.of(1f, 3f, 0.1f, 255f, 127.5f, 1e-3f, 7e20f, 3e-30f)
                .map(top -> new Operands("ties up to " + top, ties(top, k), unit.apply(k)));
        return Stream.concat(awkward, ties);
    }

    /** Rows that the formula treats in ways of their own. */
    private static List<float[]> awkward() {
        final float inf = Float.POSITIVE_INFINITY;
        return List.of(
                new float[] {Float.NaN, 1f, -2f},
                new float[] {Float.NaN, Float.NaN},
                new float[] {inf, 1f, -1f, 0f},
                new float[] {-inf, 1f, -1f, 0f},
                new float[] {inf, -inf, Float.NaN, 3f},
                new float[] {3.4e38f, -3.4e38f, 1f},
                new float[] {Float.MIN_VALUE, 0f, -0f},
                new float[] {-Float.MIN_VALUE, Float.MIN_VALUE, 0f},
                new float[] {Float.MIN_NORMAL, -Float.MIN_NORMAL, 1e-40f},
                new float[] {0f, -0f},
                new float[] {5f, 5f, 5f},
                new float[] {-5f, -5f});
    }

    /** Rows of k values from -top/3 to top: halves of the quantization's steps, and the floats next to them. */
    private static Matrix ties(float top, int k) {
        final float low = -top / 3;
        final float step = (top - low) / 255;
        final int each = (k - 2) / 3;
        final int rows = Math.ceilDiv(510, each);
        final float[] values = new float[rows * k];
        for (int row = 0; row < rows; row++) {
            values[row * k] = low;
            values[row * k + 1] = top;
            for (int i = 0; i < each; i++) {
                final float tie = Math.clamp(low + step / 2 * (row * each + i), low, top);
                final int at = row * k + 2 + 3 * i;
                values[at] = tie;
                values[at + 1] = Math.max(low, Math.nextDown(tie));
                values[at + 2] = Math.min(top, Math.nextUp(tie));
            }
        }
        return Matrix.of(values, rows, k);
    }
}
