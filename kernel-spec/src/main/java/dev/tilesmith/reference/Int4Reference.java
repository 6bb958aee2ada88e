package dev.tilesmith.reference;

import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Nibbles;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.ValueLayout;

/**
 * {@code QAI8DX x QSI4CX -> F32} and {@code QAI8DX x QSI4C32 -> F32}: rows are quantized as {@link Int8Reference} does,
 * and multiplied with weights of four bits that have a scale for each channel, or for each block along K.
 *
 * <p>The formulas are those of KleidiAI's kernels {@code matmul_clamp_f32_qai8dxp_qsi4cxp} and {@code
 * matmul_clamp_f32_qai8dxp_qsi4c32p}, in binary32. Bits are not theirs in two respects: its packers by NEON sum weights times
 * their scale for each 32 values, whatever the block length, so that {@code wsum} is equal for blocks of 32 alone; and its
 * dot products for SME fuse the last multiplication with the addition of the bias.
 */
public final class Int4Reference {
    private static final float LARGEST = 7f;
    private static final int DEFAULT_BLOCK = 32;

    private Int4Reference() {}

    /** What the scales of blocks are. */
    public enum Scales {
        /** The upper half of a binary32. */
        BF16,
        /** A binary32. */
        F32
    }

    /**
     * Quantized weights: {@code w} is about {@code q * scale} of its block.
     *
     * @param values n × k, from -8 to 7
     * @param scales {@code [n][k/blockLength]}
     * @param blockLength values along K that share a scale; k where a channel has one
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one comparison and dropped
    public record Blocks(byte[] values, float[] scales, int blockLength) {}

    /** Weights with one scale for each channel; f32 weights are quantized. */
    public static Blocks channels(Weights weights) {
        return blocks(weights, weights.k(), 1, Scales.F32);
    }

    /**
     * Weights with a scale for each block. f32 weights are quantized: the scale of a block is its largest magnitude over
     * 7, rounded to {@code scales}, or 1 where that is 0; values are divided by it, rounded to the nearest integer, halves
     * to even, and bounded to [-7, 7]. Blocks are of 32 values where the weights do not say.
     *
     * @param scales format of the scales: BF16 or F32
     */
    public static Blocks blocks(Weights weights, Scales scales) {
        final int blockLength = weights.blockLength() == 0 ? DEFAULT_BLOCK : weights.blockLength();
        return blocks(weights, blockLength, weights.k() / blockLength, scales);
    }

    private static Blocks blocks(Weights weights, int blockLength, int blocks, Scales format) {
        final int n = weights.n();
        final int k = weights.k();
        final byte[] values = new byte[Sizes.arrayLength("n x k", Sizes.times(n, k))];
        final float[] scales = new float[Sizes.arrayLength("n x blocks", Sizes.times(n, blocks))];
        final boolean ofNibbles = weights instanceof PlainWeights plain && plain.encoding() instanceof Nibbles;
        for (int j = 0; j < n; j++) {
            for (int b = 0; b < blocks; b++) {
                final int first = b * blockLength;
                final float scale =
                        ofNibbles ? given(weights, j, j * blocks + b) : scale(weights, j, first, blockLength, format);
                scales[j * blocks + b] = scale;
                for (int p = first; p < first + blockLength; p++) {
                    values[j * k + p] = (byte)
                            (ofNibbles
                                    ? nibble(weights, j, p)
                                    : Math.clamp(
                                            Math.rint(Int8Reference.weight(weights, j, p) / scale), -LARGEST, LARGEST));
                }
            }
        }
        return new Blocks(values, scales, blockLength);
    }

    private static float given(Weights weights, int channel, int block) {
        return switch (Int8Reference.scales(weights)) {
            case WeightScales.OfChannels scales -> scales.of(channel);
            case WeightScales.OfBlocks scales -> scales.scales()[block];
            case WeightScales.None _ -> throw new IllegalArgumentException("weights: " + weights + "; expected scales");
        };
    }

    private static float scale(Weights weights, int channel, int first, int count, Scales format) {
        float largest = 0f;
        for (int p = first; p < first + count; p++) {
            largest = Math.max(largest, Math.abs(Int8Reference.weight(weights, channel, p)));
        }
        final float exact = largest / LARGEST;
        final float scale = format == Scales.BF16 ? Bf16.toFloat(Bf16.round(exact)) : exact;
        return scale == 0f ? 1f : scale;
    }

    /** A value of weights of four bits. */
    static int nibble(Weights weights, int channel, int p) {
        if (!(weights instanceof PlainWeights plain && plain.encoding() instanceof Nibbles nibbles)) {
            throw new IllegalArgumentException("weights: " + weights + "; expected four bits");
        }
        final boolean rows = weights.orientation() == Weights.Orientation.N_BY_K;
        final Matrix values = weights.values();
        final int column = rows ? p : channel;
        final long at = values.offset() + (rows ? channel : p) * values.rowStride() + column / 2;
        final int both =
                switch (values) {
                    case Matrix.Bytes bytes -> bytes.data()[(int) at];
                    case Matrix.Segment segment -> segment.data().get(ValueLayout.JAVA_BYTE, at);
                    case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ ->
                        throw new IllegalArgumentException("weights: " + values + "; expected bytes");
                };
        final int bits = column % 2 == 0 ? both & 15 : (both >> 4) & 15;
        if (nibbles.zeroPoint() == 8) {
            return bits - 8;
        }
        return bits < 8 ? bits : bits - 16;
    }

    /**
     * Multiplies with weights that have one scale for each channel: {@code acc = Σ q·w - zeroPoint·Σ w} in integers,
     * {@code float(acc) * (scale * inverseScale)}, then the bias is added if there is one, then the result is bounded.
     *
     * @param lhs m × k floats
     * @param weights n × k, of four bits with scales, or floats, either way round, with or without a bias
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiplyChannels(Matrix lhs, Weights weights, float clampMin, float clampMax) {
        final Blocks channels = channels(weights);
        return multiply(lhs, weights, clampMin, clampMax, (row, j) -> {
            final long products = products(row, channels, j, 0);
            final long ofZero = row.zeroPoint() * sum(channels, weights.k(), j, 0);
            final int sum = Int8Reference.checked(products - ofZero, weights.k());
            return sum * (channels.scales()[j] * row.inverseScale());
        });
    }

    /**
     * Multiplies with weights that have a scale for each block: over the blocks in order {@code f = fma(float(Σ q·w),
     * scale, f)} from +0, and {@code wsum = wsum + scale * float(Σ w)}; then {@code f = fma(wsum, float(-zeroPoint), f)},
     * {@code f * inverseScale}, then the bias is added if there is one, then the result is bounded. Each operation rounds.
     *
     * @param lhs m × k floats
     * @param weights n × k, of four bits with scales, or floats, either way round, with or without a bias
     * @param scales format of the scales: BF16 or F32
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiplyBlocks(Matrix lhs, Weights weights, Scales scales, float clampMin, float clampMax) {
        final Blocks blocks = blocks(weights, scales);
        final int count = weights.k() / blocks.blockLength();
        return multiply(lhs, weights, clampMin, clampMax, (row, j) -> {
            float result = 0f;
            float weightSum = 0f;
            for (int b = 0; b < count; b++) {
                final float scale = blocks.scales()[j * count + b];
                result = Math.fma((float) products(row, blocks, j, b), scale, result);
                weightSum += scale * sum(blocks, weights.k(), j, b);
            }
            return Math.fma(weightSum, (float) -row.zeroPoint(), result) * row.inverseScale();
        });
    }

    private static float[] multiply(Matrix lhs, Weights weights, float clampMin, float clampMax, Scaled scaled) {
        final int n = weights.n();
        final float[] bias = weights.ends().bias();
        final float[] dst = new float[Sizes.arrayLength("m x n", Sizes.times(lhs.rows(), n))];
        for (int i = 0; i < lhs.rows(); i++) {
            final Int8Reference.Row row = Int8Reference.quantize(Int8Reference.row(lhs, i));
            for (int j = 0; j < n; j++) {
                float result = scaled.of(row, j);
                if (bias.length != 0) {
                    result += bias[j];
                }
                dst[i * n + j] = F32Reference.clamp(result, clampMin, clampMax);
            }
        }
        return dst;
    }

    private static long products(Int8Reference.Row row, Blocks blocks, int channel, int block) {
        final int first = block * blocks.blockLength();
        final int k = row.values().length;
        long sum = 0;
        for (int p = first; p < first + blocks.blockLength(); p++) {
            sum += row.values()[p] * blocks.values()[channel * k + p];
        }
        return sum;
    }

    private static long sum(Blocks blocks, int k, int channel, int block) {
        final int first = block * blocks.blockLength();
        long sum = 0;
        for (int p = first; p < first + blocks.blockLength(); p++) {
            sum += blocks.values()[channel * k + p];
        }
        return sum;
    }

    /** The product of a row and a channel, before the bias. */
    private interface Scaled {
        float of(Int8Reference.Row row, int channel);
    }
}
