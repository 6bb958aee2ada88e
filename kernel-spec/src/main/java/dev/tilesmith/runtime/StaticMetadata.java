package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a panel's columns have beside their values for a left operand that is quantized beforehand: what sums begin with,
 * {@code bias - (lhsZeroPoint + lhsOffset) * Σ w}; for {@code QAI8} then nr f32 multipliers and nr int32 zero points of the
 * result, one and the same.
 */
final class StaticMetadata {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final Weights weights;
    private final PanelLayout layout;

    StaticMetadata(Weights weights, PanelLayout layout) {
        this.weights = weights;
        this.layout = layout;
    }

    /** Fails unless the scales and zero points of a result in int8 are given, and a bias, if any, is of integers. */
    static void checkForInt8(Weights weights) {
        checkIntBias(weights);
        if (weights.requantization().isEmpty()) {
            throw new IllegalArgumentException("requantization: none; a static left operand needs its scale and zero"
                    + " point, and those of the result: use Weights.requantized");
        }
    }

    /** Fails if a bias is given that is not of integers. */
    static void checkIntBias(Weights weights) {
        if (weights.bias().length != 0) {
            throw new IllegalArgumentException("bias: given in f32; this kernel adds it to sums of integers: use"
                    + " withIntBias, in units of the left operand's scale times the weights'");
        }
    }

    /** What the sums of a channel begin with, modulo 2^32 as they are. */
    int beginning(int channel, int sum) {
        final int zeroPoint =
                weights.requantization().map(Requantization::lhsZeroPoint).orElse(0);
        final int bias = weights.intBias().length == 0 ? 0 : weights.intBias()[channel];
        return bias - (zeroPoint + layout.lhsOffset()) * sum;
    }

    /**
     * Writes multipliers and zero points.
     *
     * @param first the panel's first channel
     * @param columns channels of the panel
     * @param scales of the weights of nr channels; those beyond are ignored
     */
    void write(MemorySegment to, long at, int first, int columns, float... scales) {
        final Requantization given = weights.requantization().orElseThrow();
        final long zeroPointsAt = at + layout.nr() * (long) Float.BYTES;
        for (int j = 0; j < layout.nr(); j++) {
            if (j < columns) {
                checkMultiplier(given, first + j, scales[j]);
            }
            to.set(FLOAT, at + j * (long) Float.BYTES, given.multiplier(scales[j]));
            to.set(INT, zeroPointsAt + j * (long) Integer.BYTES, given.dstZeroPoint());
        }
    }

    private static void checkMultiplier(Requantization given, int channel, float scale) {
        if (!Float.isFinite(given.multiplier(scale))) {
            throw new IllegalArgumentException("scales: " + scale + " of channel " + channel + " makes the multiplier "
                    + given.multiplier(scale) + "; expected lhsScale * scale / dstScale to be finite");
        }
    }
}
