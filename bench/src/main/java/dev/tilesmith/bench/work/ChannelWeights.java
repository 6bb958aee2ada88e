package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Weights as int8 with a scale for each output channel: {@code w = value * scale}.
 *
 * @param n output channels
 * @param k values of one
 * @param values n x k, each from -63 to 63
 * @param scales one for each output channel
 */
@SuppressWarnings("ArrayRecordComponent") // made once for a benchmark, and only read from then on
public record ChannelWeights(int n, int k, byte[] values, float[] scales) implements QuantizedWeights {
    /**
     * Seven bits: on x86 without VNNI, oneDNN and ONNX Runtime add two products of an unsigned and a signed byte in 16 bits,
     * which saturate, so that larger weights would have them compute something else. What 255 * 63 twice is does not.
     */
    private static final int LARGEST = 63;

    /** Quantizes n x k floats: the largest magnitude of a channel becomes 63. */
    static ChannelWeights quantize(MemorySegment weights, int n, int k) {
        final byte[] values = new byte[n * k];
        final float[] scales = new float[n];
        for (int j = 0; j < n; j++) {
            float largest = 0;
            for (int p = 0; p < k; p++) {
                largest = Math.max(largest, Math.abs(Operands.get(weights, (long) j * k + p)));
            }
            scales[j] = largest == 0 ? 1 : largest / LARGEST;
            for (int p = 0; p < k; p++) {
                values[j * k + p] = (byte) Math.rint(Operands.get(weights, (long) j * k + p) / scales[j]);
            }
        }
        return new ChannelWeights(n, k, values, scales);
    }

    @Override
    public void dequantizeInto(MemorySegment weights) {
        for (int j = 0; j < n; j++) {
            for (int p = j * k; p < (j + 1) * k; p++) {
                weights.setAtIndex(ValueLayout.JAVA_FLOAT, p, values[p] * scales[j]);
            }
        }
    }

    /** The values the other way round: k x n. */
    public byte[] byK() {
        final byte[] turned = new byte[values.length];
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                turned[p * n + j] = values[j * k + p];
            }
        }
        return turned;
    }
}
