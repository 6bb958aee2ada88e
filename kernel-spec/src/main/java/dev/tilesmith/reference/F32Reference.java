package dev.tilesmith.reference;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * {@code F32 x F32 -> F32}, and {@code F32 x F16 -> F32}, {@code F32 x BF16 -> F32}, {@code F16 x F16 -> F32} and {@code BF16 x
 * BF16 -> F32}, whose operands of 16 bits are widened first, which is exact: each result is one chain of fused multiply-adds
 * over ascending k from +0, then the bias is added if there is one, then the result is bounded. {@code F16 x F16 -> F16} and
 * {@code BF16 x BF16 -> BF16} round that once, at the end, to the nearest value, ties to even; of any NaN they make one.
 */
public final class F32Reference {
    private static final ValueLayout.OfShort BITS = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private F32Reference() {}

    /**
     * Multiplies.
     *
     * @param lhs m × k floats
     * @param weights n × k floats, of 32 bits or of 16, either way round, with or without a bias
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiply(Matrix lhs, Weights weights, float clampMin, float clampMax) {
        final int n = weights.n();
        final float[] bias = weights.ends().bias();
        final float[] dst = new float[Sizes.arrayLength("m x n", Sizes.times(lhs.rows(), n))];
        for (int j = 0; j < n; j++) {
            final float[] channel = channel(weights, j);
            for (int i = 0; i < lhs.rows(); i++) {
                float sum = 0f;
                for (int p = 0; p < channel.length; p++) {
                    sum = Math.fma(value(lhs, i, p), channel[p], sum);
                }
                if (bias.length != 0) {
                    sum += bias[j];
                }
                dst[i * n + j] = clamp(sum, clampMin, clampMax);
            }
        }
        return dst;
    }

    /**
     * Multiplies rows of 16 bits, widened.
     *
     * @param lhs m × k times 16 bits
     * @param halves what these are
     * @param weights as for rows of f32
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiply(Matrix lhs, Halves halves, Weights weights, float clampMin, float clampMax) {
        final float[] widened = new float[Sizes.arrayLength("m x k", Sizes.times(lhs.rows(), lhs.columns()))];
        for (int i = 0; i < lhs.rows(); i++) {
            for (int p = 0; p < lhs.columns(); p++) {
                widened[i * lhs.columns() + p] = halves.widen(bits(lhs, i, p));
            }
        }
        return multiply(Matrix.of(widened, lhs.rows(), lhs.columns()), weights, clampMin, clampMax);
    }

    /**
     * Multiplies rows of 16 bits, widened, and rounds the results to the same.
     *
     * @param lhs m × k times 16 bits
     * @param halves what these are
     * @param weights as for rows of f32
     * @param clampMin lower bound of what is rounded; a bound of -0 is taken as +0
     * @param clampMax upper bound of what is rounded
     * @return m × n results, row after row
     */
    public static short[] multiplyRounded(Matrix lhs, Halves halves, Weights weights, float clampMin, float clampMax) {
        return HalfReference.rounded(multiply(lhs, halves, weights, clampMin, clampMax), halves);
    }

    /** {@code min(max(value, low), high)} as Java defines them: NaN stays NaN, -0 is less than +0. */
    static float clamp(float value, float low, float high) {
        return Math.min(Math.max(value, low + 0f), high + 0f);
    }

    /** The weights of a channel, widened. */
    private static float[] channel(Weights weights, int channel) {
        final float[] values = new float[weights.k()];
        for (int p = 0; p < values.length; p++) {
            values[p] = weight(weights, channel, p);
        }
        return values;
    }

    private static float weight(Weights weights, int channel, int p) {
        return switch (weights.orientation()) {
            case N_BY_K -> weight(weights, weights.values(), channel, p);
            case K_BY_N -> weight(weights, weights.values(), p, channel);
        };
    }

    private static float weight(Weights weights, Matrix values, int row, int column) {
        return weights instanceof PlainWeights(Matrix _, Halves halves, var _, var _, var _)
                ? halves.widen(bits(values, row, column))
                : value(values, row, column);
    }

    private static short bits(Matrix matrix, int row, int column) {
        final long at = matrix.offset() + row * matrix.rowStride() + column;
        return switch (matrix) {
            case Matrix.Shorts shorts -> shorts.data()[(int) at];
            case Matrix.Segment segment -> segment.data().get(BITS, at * (long) Short.BYTES);
            case Matrix.Floats _, Matrix.Bytes _, Matrix.Ints _ ->
                throw new IllegalArgumentException("matrix: " + matrix + "; expected 16 bits");
        };
    }

    private static float value(Matrix matrix, int row, int column) {
        final long at = matrix.offset() + row * matrix.rowStride() + column;
        return switch (matrix) {
            case Matrix.Floats floats -> floats.data()[(int) at];
            case Matrix.Segment segment ->
                segment.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, at * (long) Float.BYTES);
            case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ ->
                throw new IllegalArgumentException("matrix: " + matrix + "; expected floats");
        };
    }
}
