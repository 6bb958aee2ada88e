package dev.tilesmith.reference;

import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.BlockWeights;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * {@code QSI8D32 x QSI4C32 -> F32}, {@code QSI8D32 x QAI4C32 -> F32} and {@code QSI8D32 x QSI8D32 -> F32}: rows and weights
 * are in blocks of 32 along K, whose scales are binary16. The blocks are those of ggml: {@code Q8_0} on the left, {@code
 * Q4_0}, {@code Q4_1} and {@code Q8_0} on the right.
 *
 * <p>How f32 values become blocks is defined by ggml's {@code quantize_row_q8_0_ref}, {@code quantize_row_q4_0_ref} and
 * {@code quantize_row_q4_1_ref}, in binary32: values are divided by the scale as it was before it was rounded to binary16.
 * A block's product is that of KleidiAI's kernels {@code matmul_clamp_f32_qsi8d32p_qsi4c32p}. What these leave undefined,
 * this defines: NaN takes no part in the largest magnitude of a row's block and is quantized to 0, and so is a product with
 * the inverse of the scale that is NaN; the inverse of a scale of 0 is 0; quantized values of rows are bounded to [-127, 127].
 *
 * <p>Bits are not those of others' code in these respects:
 *
 * <ul>
 *   <li>ggml multiplies a block's sum by one scale and then by the other for {@code Q4_0} ({@code ggml_vec_dot_q4_0_q8_0}),
 *       and adds without fusing; for {@code Q4_1} its rows are {@code Q8_1}, whose {@code d * Σ q} is rounded to binary16
 *       before it is multiplied by a minimum. Vectors of it sum in several lanes. Blocks themselves are equal, bit for bit.
 *   <li>KleidiAI's packer {@code lhs_quant_pack_qsi8d32p4x8sb_f32_neon} rounds halves of rows to even: of 127, 0.5 and
 *       zeros it makes 127 and 0, where this and its other packers make 127 and 1.
 *   <li>For {@code qai4c32p} KleidiAI packs rows by {@code lhs_quant_pack_qsi8d32pscalef32_f32_neon}: values are multiplied by
 *       127 / max, halves rounded to even, and scales and sums stay f32.
 * </ul>
 */
public final class BlockReference {
    /** Values of a block. */
    public static final int BLOCK = 32;

    private static final float LARGEST = 127f;
    private static final int MOST_BITS = 15;

    private BlockReference() {}

    /** What the weights are. */
    public enum Kind {
        /** Four bits, from -8 to 7, and a scale: Q4_0. */
        QSI4C32,
        /** Four bits, from 0 to 15, a scale and a minimum: Q4_1. */
        QAI4C32,
        /** Eight bits and a scale: Q8_0. */
        QSI8D32
    }

    /**
     * Quantized rows or weights: {@code x} is about {@code q * scale + min} of its block.
     *
     * @param values as many as were given
     * @param scales one for each block, of binary16
     * @param mins one for each block, of binary16; of rows, and of weights that have none, empty
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
    public record Blocks(byte[] values, float[] scales, float[] mins) {}

    /** The binary16 nearest to a value, ties to even; what is too large becomes an infinity. */
    public static float f16(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    /**
     * Quantizes a row, as ggml does for {@code Q8_0}: {@code scale = max|x| / 127}, {@code q = round(x * (1 / scale))},
     * halves away from zero.
     *
     * @throws IllegalArgumentException if the row is no whole number of blocks
     */
    public static Blocks quantize(float... x) {
        if (x.length % BLOCK != 0) {
            throw new IllegalArgumentException("x: " + x.length + " values; expected a multiple of " + BLOCK);
        }
        final Blocks row = new Blocks(new byte[x.length], new float[x.length / BLOCK], new float[0]);
        for (int b = 0; b < row.scales().length; b++) {
            quantizeInt8(x, b, row);
        }
        return row;
    }

    private static void quantizeInt8(float[] x, int block, Blocks to) {
        float largest = 0f;
        for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
            largest = Float.isNaN(x[i]) ? largest : Math.max(largest, Math.abs(x[i]));
        }
        final float scale = largest / LARGEST;
        final float inverse = inverse(scale);
        for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
            to.values()[i] = (byte) Math.clamp(Int8Reference.roundTiesAway(x[i] * inverse), -LARGEST, LARGEST);
        }
        to.scales()[block] = f16(scale);
    }

    private static float inverse(float scale) {
        return scale == 0f ? 0f : 1f / scale;
    }

    /**
     * The weights in blocks, {@code [n][k]} values and {@code [n][k / 32]} scales. f32 weights are quantized as ggml does:
     *
     * <ul>
     *   <li>{@code Q4_0}: {@code scale = max / -8}, where max is the value of largest magnitude, the first of several;
     *       {@code q = min(15, trunc(w * (1 / scale) + 8.5)) - 8}
     *   <li>{@code Q4_1}: {@code scale = (max - min) / 15}, {@code q = min(15, trunc((w - min) * (1 / scale) + 0.5))}
     *   <li>{@code Q8_0}: as {@link #quantize(float...)}
     * </ul>
     *
     * @param weights of four bits or eight with scales, or floats, either way round
     */
    public static Blocks blocks(Weights weights, Kind kind) {
        return switch (weights) {
            case BlockWeights given -> ofFile(given);
            case PlainWeights plain ->
                switch (plain.scales()) {
                    case WeightScales.OfBlocks given when given.scales().length != 0 -> given(plain, given, kind);
                    case WeightScales.None _, WeightScales.OfBlocks _ -> quantized(plain, kind);
                    case WeightScales.OfChannels _ ->
                        throw new IllegalArgumentException(
                                "weights: " + weights + "; expected scales for blocks, or none");
                };
        };
    }

    /** Room for weights that are quantized. */
    private static Blocks room(Weights weights, boolean mins) {
        final int values = Sizes.arrayLength("n x k", Sizes.times(weights.n(), weights.k()));
        final int blocks = values / BLOCK;
        return new Blocks(new byte[values], new float[blocks], new float[mins ? blocks : 0]);
    }

    private static Blocks given(PlainWeights weights, WeightScales.OfBlocks given, Kind kind) {
        final Blocks all = room(weights, kind == Kind.QAI4C32);
        System.arraycopy(given.scales(), 0, all.scales(), 0, all.scales().length);
        System.arraycopy(given.mins(), 0, all.mins(), 0, all.mins().length);
        final int k = weights.k();
        for (int i = 0; i < all.values().length; i++) {
            all.values()[i] = (byte) value(weights, kind, i / k, i % k);
        }
        return all;
    }

    private static Blocks quantized(PlainWeights weights, Kind kind) {
        final Blocks all = room(weights, kind == Kind.QAI4C32);
        final float[] floats = new float[weights.k()];
        for (int j = 0; j < weights.n(); j++) {
            for (int p = 0; p < floats.length; p++) {
                floats[p] = Int8Reference.weight(weights, j, p);
            }
            put(quantize(floats, kind), j, floats.length / BLOCK, all);
        }
        return all;
    }

    /** Blocks that hold their own scales. */
    private static Blocks ofFile(BlockWeights weights) {
        final BlockLayout layout = weights.blocks();
        final int count = weights.k() / BLOCK;
        final Blocks all = room(weights, layout.hasMin());
        if (!(weights.values() instanceof Matrix.Segment segment)) {
            throw new IllegalArgumentException("weights: " + weights + "; expected blocks in a segment");
        }
        final MemorySegment data = segment.data();
        for (int i = 0; i < all.scales().length; i++) {
            final long row = segment.offset() + i / count * segment.rowStride();
            final long at = row + (long) (i % count) * layout.bytes();
            all.scales()[i] = layout.scale(data, at);
            if (layout.hasMin()) {
                all.mins()[i] = layout.min(data, at);
            }
            for (int p = 0; p < BLOCK; p++) {
                all.values()[i * BLOCK + p] = (byte) layout.value(data, at, p);
            }
        }
        return all;
    }

    private static int value(Weights weights, Kind kind, int channel, int p) {
        return switch (kind) {
            case QSI8D32 -> (int) Int8Reference.weight(weights, channel, p);
            case QSI4C32 -> Int4Reference.nibble(weights, channel, p);
            case QAI4C32 -> Int4Reference.nibble(weights, channel, p) & MOST_BITS;
        };
    }

    private static void put(Blocks channel, int j, int count, Blocks all) {
        System.arraycopy(channel.values(), 0, all.values(), j * count * BLOCK, count * BLOCK);
        System.arraycopy(channel.scales(), 0, all.scales(), j * count, count);
        if (all.mins().length != 0) {
            System.arraycopy(channel.mins(), 0, all.mins(), j * count, count);
        }
    }

    /** Quantizes a channel of weights. */
    static Blocks quantize(float[] w, Kind kind) {
        if (kind == Kind.QSI8D32) {
            return quantize(w);
        }
        final int count = w.length / BLOCK;
        final Blocks channel = new Blocks(new byte[w.length], new float[count], new float[count]);
        for (int b = 0; b < count; b++) {
            if (kind == Kind.QSI4C32) {
                quantizeInt4(w, b, channel);
            } else {
                quantizeInt4WithMin(w, b, channel);
            }
        }
        return channel;
    }

    private static void quantizeInt4(float[] w, int block, Blocks to) {
        float max = 0f;
        for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
            max = Math.abs(w[i]) > Math.abs(max) ? w[i] : max;
        }
        final float scale = max / -8f;
        final float inverse = inverse(scale);
        for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
            to.values()[i] = (byte) (Math.clamp((int) (w[i] * inverse + 8.5f), 0, MOST_BITS) - 8);
        }
        to.scales()[block] = f16(scale);
    }

    private static void quantizeInt4WithMin(float[] w, int block, Blocks to) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (final float value : Arrays.copyOfRange(w, block * BLOCK, (block + 1) * BLOCK)) {
            min = value < min ? value : min;
            max = value > max ? value : max;
        }
        final float scale = (max - min) / MOST_BITS;
        final float inverse = inverse(scale);
        for (int i = block * BLOCK; i < (block + 1) * BLOCK; i++) {
            to.values()[i] = (byte) Math.clamp((int) ((w[i] - min) * inverse + 0.5f), 0, MOST_BITS);
        }
        to.scales()[block] = f16(scale);
        to.mins()[block] = f16(min);
    }

    /**
     * Multiplies: over the blocks in order, from +0, {@code f = fma(min, scaleOfRow * float(Σ q), f)} where weights have
     * minima, and {@code f = fma(float(Σ q·w), scaleOfRow * scale, f)}; then the bias is added if there is one, then the
     * result is bounded. Each operation rounds.
     *
     * @param lhs m × k floats, k a multiple of 32
     * @param weights n × k, of four bits or eight with scales, or floats, either way round, with or without a bias
     * @param kind what the weights are, or become
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiply(Matrix lhs, Weights weights, Kind kind, float clampMin, float clampMax) {
        final int n = weights.n();
        final float[] bias = weights.ends().bias();
        final Blocks blocks = blocks(weights, kind);
        final float[] dst = new float[Sizes.arrayLength("m x n", Sizes.times(lhs.rows(), n))];
        for (int i = 0; i < lhs.rows(); i++) {
            final Blocks row = quantize(Int8Reference.row(lhs, i));
            for (int j = 0; j < n; j++) {
                float result = product(row, blocks, j);
                if (bias.length != 0) {
                    result += bias[j];
                }
                dst[i * n + j] = F32Reference.clamp(result, clampMin, clampMax);
            }
        }
        return dst;
    }

    private static float product(Blocks row, Blocks weights, int channel) {
        final int count = row.scales().length;
        float result = 0f;
        for (int b = 0; b < count; b++) {
            int sum = 0;
            int products = 0;
            for (int p = b * BLOCK; p < (b + 1) * BLOCK; p++) {
                sum += row.values()[p];
                products += row.values()[p] * weights.values()[channel * count * BLOCK + p];
            }
            final float scale = row.scales()[b];
            if (weights.mins().length != 0) {
                result = Math.fma(weights.mins()[channel * count + b], scale * (float) sum, result);
            }
            result = Math.fma((float) products, scale * weights.scales()[channel * count + b], result);
        }
        return result;
    }
}
