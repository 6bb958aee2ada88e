package dev.tilesmith.sample.model;

/**
 * Signed 8-bit weights of a linear layer, k × n row-major, quantized for each output channel (column):
 * {@code w[k][n] = (values[k][n] - zeroPoints[n]) * scales[n]}.
 *
 * @param k length of the sums: rows
 * @param n number of output channels: columns
 * @param values the weights, row after row
 * @param scales one for each column
 * @param zeroPoints one for each column
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes of weights, written once by the reader and only read from then on
public record QuantizedMatrix(int k, int n, byte[] values, float[] scales, byte[] zeroPoints) {
    /** Checks the lengths. */
    public QuantizedMatrix {
        Lengths.check("values", values.length, (long) k * n);
        Lengths.check("scales", scales.length, n);
        Lengths.check("zeroPoints", zeroPoints.length, n);
    }

    /** Whether every zero point is 0, so that the values can be multiplied as they are. */
    public boolean symmetric() {
        for (final byte zeroPoint : zeroPoints) {
            if (zeroPoint != 0) {
                return false;
            }
        }
        return true;
    }

    /** The weights in f32, k × n, by the formula of ONNX's DequantizeLinear. */
    public float[] dequantized() {
        final float[] result = new float[values.length];
        for (int row = 0; row < k; row++) {
            for (int column = 0; column < n; column++) {
                final int at = row * n + column;
                result[at] = (values[at] - zeroPoints[column]) * scales[column];
            }
        }
        return result;
    }

    /** This matrix with {@code right}'s columns after its own. */
    QuantizedMatrix beside(QuantizedMatrix right) {
        if (right.k != k) {
            throw new IllegalArgumentException("right: " + right.k + " rows; expected k = " + k);
        }
        final byte[] both = new byte[values.length + right.values.length];
        for (int row = 0; row < k; row++) {
            System.arraycopy(values, row * n, both, row * (n + right.n), n);
            System.arraycopy(right.values, row * right.n, both, row * (n + right.n) + n, right.n);
        }
        final byte[] points = new byte[n + right.n];
        System.arraycopy(zeroPoints, 0, points, 0, n);
        System.arraycopy(right.zeroPoints, 0, points, n, right.n);
        return new QuantizedMatrix(k, n + right.n, both, Lengths.concat(scales, right.scales), points);
    }

    @Override
    public String toString() {
        return "QuantizedMatrix[" + k + " x " + n + (symmetric() ? ", symmetric]" : ", asymmetric]");
    }
}
