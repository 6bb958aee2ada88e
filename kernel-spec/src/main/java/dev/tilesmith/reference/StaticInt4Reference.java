package dev.tilesmith.reference;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;

/**
 * {@code QAI8 x QSI4CX -> QAI8}: as {@link StaticInt8Reference}, with weights of four bits that have a scale for each
 * channel, or f32 weights that are quantized as {@link Int4Reference#channels} does.
 */
public final class StaticInt4Reference {
    private StaticInt4Reference() {}

    /**
     * The sums as int8, bounded to what lies within {@code [clampMin, clampMax]} and int8, m × n, row after row.
     *
     * @param weights with {@link Weights#requantized requantization}, of four bits with scales, or floats
     */
    public static byte[] multiply(Matrix lhs, Weights weights, int clampMin, int clampMax) {
        final Int4Reference.Blocks channels = Int4Reference.channels(weights);
        final Int8Reference.Channels quantized = new Int8Reference.Channels(channels.values(), channels.scales());
        return StaticInt8Reference.multiply(lhs, weights, quantized, clampMin, clampMax);
    }
}
