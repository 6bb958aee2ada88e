package dev.tilesmith.reference;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.WeightScales;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import java.lang.foreign.ValueLayout;

/**
 * {@code QAI8DX x QSU2CX -> F32}: rows are quantized as {@link Int8Reference} does, and multiplied with weights of two
 * bits, each of which chooses one of the four int8 values of a table, with a scale for each channel. From there on the
 * formula is that of int8. KleidiAI's kernel {@code matmul_clamp_f32_qai8dxp4x4_qsu2cxp4x4bf32sf32_8x4_neon_dotprod} has the
 * same integers, and multiplies them by the scale of the channel and then by that of the row, where this multiplies by the
 * product of both: results may differ in the last bit.
 */
public final class TwoBitReference {
    private static final int PER_BYTE = 4;

    private TwoBitReference() {}

    /** What the bits stand for, n × k, and the scales of the channels. */
    public static Int8Reference.Channels channels(Weights weights) {
        if (!(weights instanceof PlainWeights plain && plain.encoding() instanceof Codes codes)) {
            throw unexpected(weights);
        }
        final Int8Reference.Channels channels = Int8Reference.channels(weights);
        final int k = weights.k();
        for (int j = 0; j < weights.n(); j++) {
            channels.scales()[j] = scale(plain, j);
            for (int p = 0; p < k; p++) {
                channels.values()[j * k + p] =
                        codes.table().get(code(weights, j, p)).byteValue();
            }
        }
        return channels;
    }

    /** That of a channel: weights without any have no scales. */
    private static float scale(PlainWeights weights, int channel) {
        return switch (weights.scales()) {
            case WeightScales.OfChannels scales -> scales.of(channel);
            case WeightScales.None _, WeightScales.OfBlocks _ -> throw unexpected(weights);
        };
    }

    private static IllegalArgumentException unexpected(Weights weights) {
        return new IllegalArgumentException("weights: " + weights + "; expected two bits with scales for channels");
    }

    private static int code(Weights weights, int channel, int p) {
        final boolean rows = weights.orientation() == Weights.Orientation.N_BY_K;
        final Matrix values = weights.values();
        final int column = rows ? p : channel;
        final long at = values.offset() + (rows ? channel : p) * values.rowStride() + column / PER_BYTE;
        final int four =
                switch (values) {
                    case Matrix.Bytes bytes -> bytes.data()[(int) at];
                    case Matrix.Segment segment -> segment.data().get(ValueLayout.JAVA_BYTE, at);
                    case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ ->
                        throw new IllegalArgumentException("weights: " + values + "; expected bytes");
                };
        return (four >> (column % PER_BYTE * 2)) & 3;
    }

    /**
     * Multiplies: {@code acc = Σ q·w - zeroPoint·Σ w} in integers, {@code float(acc) * (scale * inverseScale)}, then the
     * bias is added if there is one, then the result is bounded. Each operation rounds.
     *
     * @param lhs m × k floats
     * @param weights n × k, of two bits with scales, either way round, with or without a bias
     * @param clampMin lower bound; a bound of -0 is taken as +0
     * @param clampMax upper bound
     * @return m × n results, row after row
     */
    public static float[] multiply(Matrix lhs, Weights weights, float clampMin, float clampMax) {
        return Int8Reference.multiply(lhs, weights, channels(weights), clampMin, clampMax);
    }
}
