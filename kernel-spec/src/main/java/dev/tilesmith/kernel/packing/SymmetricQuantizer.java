package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ScaleFormat;
import dev.tilesmith.kernel.layout.WeightsFormat;

/**
 * Divides f32 weights by a scale, rounds to the nearest integer, halves to even, and bounds to {@code [-bound, bound]}.
 * The loops are such as the JIT compiler turns into vectors: with a bound in them, or with a conversion to bits, it does
 * not.
 *
 * @param bound the largest magnitude
 * @param added what is added to each value to store it
 */
public record SymmetricQuantizer(int bound, int added) {
    /** For int8: all but -128, which has no counterpart. */
    static final SymmetricQuantizer INT8 = new SymmetricQuantizer(127, WeightsFormat.INT8.added());

    /** For int4: all but -8. */
    static final SymmetricQuantizer INT4 = new SymmetricQuantizer(7, WeightsFormat.INT4.added());

    /** Added to a small float, the sum is the nearest integer, halves to even, and this: so much that no fraction fits. */
    private static final float TO_INTEGER = 0x1.8p23f;

    /** The largest magnitude of {@code count} values: an infinity or NaN if one of them is not finite. */
    public static float largest(float[] values, int from, int count) {
        float largest = 0f;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }

    /**
     * Fails unless {@code count} values are finite.
     *
     * @param largest their largest magnitude
     * @param channel their channel
     * @param k where along K the first is
     */
    static void checkFinite(float largest, float[] values, int from, int count, int channel, int k) {
        for (int i = from; !Float.isFinite(largest) && i < from + count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("weights: channel " + channel + " has " + values[i] + " at k = "
                        + (k + i - from) + "; expected finite values to quantize");
            }
        }
    }

    /** The scale of values of which this is the largest magnitude, rounded to a format: 1 where that gives 0. */
    float scale(float largest, ScaleFormat format) {
        final float scale = format.round(largest / bound);
        return scale == 0f ? 1f : scale;
    }

    /**
     * Quantizes {@code count} values.
     *
     * @param largest their largest magnitude, less than 2^20 times the scale
     */
    void quantize(float[] values, int from, int count, float largest, float scale, byte[] to, int at) {
        final float toInteger = TO_INTEGER + added; // even, as TO_INTEGER is
        for (int i = 0; i < count; i++) {
            to[at + i] = (byte) (int) (values[from + i] / scale + toInteger);
        }
        if (Math.rint(largest / scale) > bound) { // where scales are subnormal, and so rounded to few bits
            for (int i = 0; i < count; i++) {
                to[at + i] = (byte) (Math.clamp(Math.rint(values[from + i] / scale), -bound, bound) + added);
            }
        }
    }
}
