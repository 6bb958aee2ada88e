package dev.tilesmith.reference;

import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.ValueLayout;

/**
 * {@code QAI8DX x QSI8CX -> F32}: each row of f32 values is quantized to int8 with a scale and a zero point of its own,
 * multiplied exactly with int8 weights, and scaled back.
 *
 * <p>The formulas of a row are those of KleidiAI's packer {@code kai_lhs_quant_pack_qai8dxp_f32}, in binary32
 * throughout. What that leaves undefined, this defines: NaN takes no part in the range of a row, a product {@code x *
 * scale} that is NaN rounds to 0, and the inverse of a scale of 0 is 0.
 *
 * <p>Where the range of a row is below 7.5e-37 its scale overflows, and a zero point that comes to NaN, as of a row that is
 * nowhere positive, is 0 here and -128 there, by C's {@code fmaxf}, which passes NaN over. It shows in no value: the inverse
 * of that scale is 0, and every result of the row 0 before its bias, whatever the zero point; only the sign of such a 0 may
 * differ. So one rule, that a zero point which is NaN is 0, serves these rows and those with infinities.
 */
public final class Int8Reference {
    private Int8Reference() {}

    /**
     * A quantized row: {@code x} is about {@code (q - zeroPoint) * inverseScale}.
     *
     * @param values the values
     * @param zeroPoint what 0 is quantized to
     * @param inverseScale by which differences from the zero point are multiplied
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
    public record Row(byte[] values, int zeroPoint, float inverseScale) {}

    /**
     * Quantized weights: {@code w} is about {@code q * scale} of its channel.
     *
     * @param values n × k
     * @param scales one for each of n channels
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
    public record Channels(byte[] values, float[] scales) {}

    /** Quantizes one row. */
    public static Row quantize(float... x) {
        float rmin = 0f;
        float rmax = 0f;
        for (final float value : x) {
            if (!Float.isNaN(value)) {
                rmin = Math.min(rmin, value);
                rmax = Math.max(rmax, value);
            }
        }
        final float scale = rmin == rmax ? 1f : 255f / (rmax - rmin);
        final float inverse = scale == 0f ? 0f : 1f / scale;
        final int zeroPoint = zeroPoint(rmin * scale, rmax * scale);
        final byte[] values = new byte[x.length];
        for (int i = 0; i < x.length; i++) {
            values[i] = (byte) clamp(roundTiesAway(x[i] * scale) + zeroPoint);
        }
        return new Row(values, zeroPoint, inverse);
    }

    private static int zeroPoint(float min, float max) {
        final float exact = (-128f + min) + (127f + max) > 0f ? -128f - min : 127f - max;
        return (int) Math.rint(clamp(exact));
    }

    /** C's {@code roundf}: to the nearest integer, halves away from zero; NaN becomes 0. */
    public static float roundTiesAway(float value) {
        if (Float.isNaN(value)) {
            return 0f;
        }
        final double magnitude = Math.floor(Math.abs((double) value) + 0.5); // exact in binary64
        return (float) Math.copySign(magnitude, value);
    }

    private static float clamp(float value) {
        return Math.min(Math.max(value, -128f), 127f);
    }

    /**
     * Quantizes f32 weights: the scale of a channel is its largest magnitude over 127, or 1 where that is 0; values are
     * divided by it, rounded to the nearest integer, halves to even, and bounded to [-127, 127]. Weights that are int8
     * already are taken as they are, with their scales.
     */
    public static Channels quantize(Weights weights) {
        return switch (scales(weights)) {
            case WeightScales.None _ -> quantizeFloats(weights);
            case WeightScales.OfChannels given -> quantized(weights, given);
            case WeightScales.OfBlocks _ ->
                throw new IllegalArgumentException("weights: " + weights + "; expected scales for channels, or none");
        };
    }

    private static Channels quantizeFloats(Weights weights) {
        final Channels channels = channels(weights);
        final int k = weights.k();
        for (int j = 0; j < weights.n(); j++) {
            final float scale = scale(weights, j);
            channels.scales()[j] = scale;
            for (int p = 0; p < k; p++) {
                channels.values()[j * k + p] = (byte) Math.clamp(Math.rint(weight(weights, j, p) / scale), -127, 127);
            }
        }
        return channels;
    }

    private static Channels quantized(Weights weights, WeightScales.OfChannels given) {
        final Channels channels = channels(weights);
        final int k = weights.k();
        for (int j = 0; j < weights.n(); j++) {
            channels.scales()[j] = given.of(j);
            for (int p = 0; p < k; p++) {
                channels.values()[j * k + p] = (byte) weight(weights, j, p);
            }
        }
        return channels;
    }

    /** Room for weights that are quantized. */
    static Channels channels(Weights weights) {
        final int n = weights.n();
        return new Channels(new byte[Sizes.arrayLength("n x k", Sizes.times(n, weights.k()))], new float[n]);
    }

    /** The scales beside the values. */
    static WeightScales scales(Weights weights) {
        return switch (weights) {
            case PlainWeights plain -> plain.scales();
            case BlockWeights _ ->
                throw new IllegalArgumentException("weights: " + weights + "; expected scales beside the values");
        };
    }

    private static float scale(Weights weights, int channel) {
        float largest = 0f;
        for (int p = 0; p < weights.k(); p++) {
            largest = Math.max(largest, Math.abs(weight(weights, channel, p)));
        }
        final float scale = largest / 127f;
        return scale == 0f ? 1f : scale;
    }

    /**
     * Multiplies: {@code acc = Σ q·w - zeroPoint·Σ w} in integers, {@code float(acc) * (scale * inverseScale)}, then the
     * bias is added if there is one, then the result is bounded. Each operation rounds.
     *
     * @param lhs m × k floats
     * @param weights n × k, int8 with scales or floats, either way round, with or without a bias
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiply(Matrix lhs, Weights weights, float clampMin, float clampMax) {
        return multiply(lhs, weights, quantize(weights), clampMin, clampMax);
    }

    /** As the other, with weights that have been quantized: of {@code weights}, the bias alone is looked at. */
    static float[] multiply(Matrix lhs, Weights weights, Channels channels, float clampMin, float clampMax) {
        final int n = weights.n();
        final float[] bias = weights.ends().bias();
        final float[] dst = new float[Sizes.arrayLength("m x n", Sizes.times(lhs.rows(), n))];
        for (int i = 0; i < lhs.rows(); i++) {
            final Row row = quantize(row(lhs, i));
            for (int j = 0; j < n; j++) {
                final int sum = sum(row, channels, j);
                float result = sum * (channels.scales()[j] * row.inverseScale());
                if (bias.length != 0) {
                    result += bias[j];
                }
                dst[i * n + j] = F32Reference.clamp(result, clampMin, clampMax);
            }
        }
        return dst;
    }

    private static int sum(Row row, Channels channels, int channel) {
        final int k = row.values().length;
        long products = 0;
        long weights = 0;
        for (int p = 0; p < k; p++) {
            final int weight = channels.values()[channel * k + p];
            products += row.values()[p] * weight;
            weights += weight;
        }
        return checked(products - row.zeroPoint() * weights, k);
    }

    /** A sum of k products, which 32 bits have room for. */
    static int checked(long sum, int k) {
        if (sum != (int) sum) {
            throw new IllegalArgumentException(
                    "k: " + k + "; a sum of as many products is " + sum + ", which 32 bits have no room for");
        }
        return (int) sum;
    }

    static float[] row(Matrix matrix, int row) {
        final float[] values = new float[matrix.columns()];
        for (int p = 0; p < values.length; p++) {
            values[p] = value(matrix, row, p);
        }
        return values;
    }

    static float weight(Weights weights, int channel, int p) {
        return switch (weights.orientation()) {
            case N_BY_K -> value(weights.values(), channel, p);
            case K_BY_N -> value(weights.values(), p, channel);
        };
    }

    static float value(Matrix matrix, int row, int column) {
        final long at = matrix.offset() + row * matrix.rowStride() + column;
        return switch (matrix) {
            case Matrix.Floats floats -> floats.data()[(int) at];
            case Matrix.Bytes bytes -> bytes.data()[(int) at];
            case Matrix.Segment segment ->
                segment.elementBytes() == 1
                        ? segment.data().get(ValueLayout.JAVA_BYTE, at)
                        : segment.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, at * (long) Float.BYTES);
            case Matrix.Shorts _, Matrix.Ints _ ->
                throw new IllegalArgumentException("matrix: " + matrix + "; expected floats or bytes");
        };
    }
}
