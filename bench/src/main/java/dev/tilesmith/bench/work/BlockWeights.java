package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Weights as int4 with a scale for each {@value #LENGTH} values along K: {@code w = value * scale}.
 *
 * @param n output channels
 * @param k values of one, a multiple of {@value #LENGTH}
 * @param values n x k, each from -8 to 7
 * @param scales {@code [n][k / 32]}, each a value of BF16, which f32 and BF16 hold alike
 */
@SuppressWarnings("ArrayRecordComponent") // made once for a benchmark, and only read from then on
public record BlockWeights(int n, int k, byte[] values, float[] scales) implements QuantizedWeights {
    /** Values that share a scale. */
    public static final int LENGTH = 32;

    private static final int LOWEST = -8;
    private static final int HIGHEST = 7;

    /**
     * Quantizes n x k floats as ggml does for its Q4_0: the value of largest magnitude becomes -8, whatever its sign, so
     * that all 16 values occur, and negative scales. Quantizing what such values stand for gives them again.
     */
    static BlockWeights quantize(MemorySegment weights, int n, int k) {
        final byte[] values = new byte[n * k];
        final float[] scales = new float[values.length / LENGTH];
        final float[] block = new float[LENGTH];
        for (int b = 0; b < scales.length; b++) {
            MemorySegment.copy(weights, ValueLayout.JAVA_FLOAT, (long) b * LENGTH * Float.BYTES, block, 0, LENGTH);
            final float scale = bf16(largest(block) / LOWEST);
            scales[b] = scale == 0 ? 1 : scale;
            for (int i = 0; i < LENGTH; i++) {
                values[b * LENGTH + i] = (byte) Math.clamp(Math.round(block[i] / scales[b]), LOWEST, HIGHEST);
            }
        }
        return new BlockWeights(n, k, values, scales);
    }

    private static float largest(float[] block) {
        float largest = 0;
        for (final float value : block) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        return largest;
    }

    /** The nearest value of BF16, which is the upper half of a binary32; of two as near the even one. */
    static float bf16(float value) {
        final int bits = Float.floatToIntBits(value);
        return Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
    }

    @Override
    public void dequantizeInto(MemorySegment weights) {
        for (int i = 0; i < values.length; i++) {
            weights.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[i] * scales[i / LENGTH]);
        }
    }

    /** How two values share a byte. */
    public enum Pairing {
        /** Values that lie side by side, the first in the low bits: ONNX Runtime's. */
        NEIGHBOURS,
        /** The first half of a block in the low bits, the second half in the high ones: ggml's. */
        HALVES
    }

    /** The values plus 8, two to a byte: {@code [n][k / 32][16]}. */
    public byte[] nibbles(Pairing pairing) {
        final byte[] nibbles = new byte[values.length / 2];
        for (int i = 0; i < nibbles.length; i++) {
            final int first =
                    switch (pairing) {
                        case NEIGHBOURS -> 2 * i;
                        case HALVES -> i + i / (LENGTH / 2) * (LENGTH / 2);
                    };
            final int second = first + (pairing == Pairing.NEIGHBOURS ? 1 : LENGTH / 2);
            nibbles[i] = (byte) ((values[first] - LOWEST) | ((values[second] - LOWEST) << 4));
        }
        return nibbles;
    }
}
