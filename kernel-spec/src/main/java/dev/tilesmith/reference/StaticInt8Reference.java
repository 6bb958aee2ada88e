package dev.tilesmith.reference;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Elements;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.ValueLayout;

/**
 * {@code QAI8 x QSI8CX} to {@code I32} and to {@code QAI8}: operands that were quantized beforehand.
 *
 * <p>Sums are exact: {@code Σ (q - lhsZeroPoint)·w + bias} in 32-bit integers; a bias with which a row of int8 could make one
 * overflow is refused when weights are packed. To int8 they go as in XNNPACK's fp32 requantization: {@code float(sum) * (lhsScale * weightScale /
 * dstScale)} rounds to the nearest integer, halves to even; the zero point is added; the result is bounded.
 */
public final class StaticInt8Reference {
    private StaticInt8Reference() {}

    /** The exact sums, m × n, row after row. */
    public static int[] sums(Matrix lhs, Weights weights) {
        final boolean quantized = weights instanceof PlainWeights plain && plain.encoding() == Elements.INT8;
        return sums(lhs, weights, Int8Reference.quantize(quantized ? weights.withScales(1f) : weights));
    }

    private static int[] sums(Matrix lhs, Weights weights, Int8Reference.Channels quantized) {
        final int n = weights.n();
        final int zeroPoint = weights.ends()
                .requantization()
                .map(Requantization::lhsZeroPoint)
                .orElse(0);
        final byte[] channels = quantized.values();
        final int[] bias = weights.ends().intBias();
        final int k = weights.k();
        final int[] row = new int[k];
        final int[] sums = new int[Sizes.arrayLength("m x n", Sizes.times(lhs.rows(), n))];
        for (int i = 0; i < lhs.rows(); i++) {
            for (int p = 0; p < k; p++) {
                row[p] = value(lhs, i, p) - zeroPoint;
            }
            for (int j = 0; j < n; j++) {
                int sum = 0;
                for (int p = 0; p < k; p++) {
                    sum = Math.addExact(sum, row[p] * channels[j * k + p]);
                }
                sums[i * n + j] = bias.length == 0 ? sum : Math.addExact(sum, bias[j]);
            }
        }
        return sums;
    }

    /**
     * The sums as int8, bounded to what lies within {@code [clampMin, clampMax]} and int8.
     *
     * @param weights with {@link Weights#requantized requantization}, int8 with scales, or floats
     */
    public static byte[] multiply(Matrix lhs, Weights weights, int clampMin, int clampMax) {
        return multiply(lhs, weights, Int8Reference.quantize(weights), clampMin, clampMax);
    }

    /** As the other, with weights that have been quantized: of {@code weights}, bias and requantization alone are looked at. */
    static byte[] multiply(Matrix lhs, Weights weights, Int8Reference.Channels quantized, int clampMin, int clampMax) {
        final Requantization given = weights.ends().requantization().orElseThrow();
        final float[] scales = quantized.scales();
        final int n = weights.n();
        final int[] sums = sums(lhs, weights, quantized);
        final byte[] dst = new byte[sums.length];
        for (int i = 0; i < sums.length; i++) {
            final float multiplier = given.lhsScale() * scales[i % n] / given.dstScale();
            final double rounded = Math.rint((double) (sums[i] * multiplier)); // the product rounds to binary32 before
            final double result = Math.max(clampMin, Math.min(clampMax, rounded + given.dstZeroPoint()));
            dst[i] = (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, result));
        }
        return dst;
    }

    private static int value(Matrix matrix, int row, int column) {
        final long at = matrix.offset() + row * matrix.rowStride() + column;
        return switch (matrix) {
            case Matrix.Bytes bytes -> bytes.data()[(int) at];
            case Matrix.Segment segment -> segment.data().get(ValueLayout.JAVA_BYTE, at);
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ ->
                throw new IllegalArgumentException("matrix: " + matrix + "; expected bytes");
        };
    }
}
