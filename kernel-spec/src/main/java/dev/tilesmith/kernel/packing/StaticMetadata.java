package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.WeightEnds;
import dev.tilesmith.runtime.Weights;
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

    private final WeightEnds ends;
    private final int k;
    private final PanelLayout layout;

    StaticMetadata(Weights weights, PanelLayout layout) {
        this.ends = weights.ends();
        this.k = weights.k();
        this.layout = layout;
    }

    /** Fails if sums that are not scaled come with scales, of which nothing would be seen. */
    static void check(Weights weights, PanelLayout layout) {
        weights.ends()
                .requantization()
                .filter(given -> !layout.has(PanelPart.MULTIPLIERS)
                        && !given.equals(Requantization.ofSums(given.lhsZeroPoint())))
                .ifPresent(given -> {
                    throw new IllegalArgumentException("requantization: " + given
                            + "; sums in I32 are neither scaled nor moved: use Requantization.ofSums("
                            + given.lhsZeroPoint() + ")");
                });
    }

    /**
     * What the sums of a channel begin with, modulo 2^32: what they end with is within 32 bits.
     *
     * @param column the channel's, of the panel
     * @param sum of the channel's values
     * @param start where the panel begins in {@code data}, in which its values are already
     * @throws IllegalArgumentException if there is a row of int8 whose sum would overflow with the bias
     */
    int beginning(int channel, int column, int sum, MemorySegment data, long start) {
        final int zeroPoint =
                ends.requantization().map(Requantization::lhsZeroPoint).orElse(0);
        final int bias = ends.intBias().length == 0 ? 0 : ends.intBias()[channel];
        if (!SumRange.isSafe(layout, k, bias)) {
            SumRange.of(layout, data, start, column, k, zeroPoint).check(bias, channel);
        }
        return bias - (zeroPoint + layout.lhsOffset()) * sum;
    }

    /**
     * Writes multipliers and zero points.
     *
     * @param metadata the byte at which the panel's metadata begin
     * @param first the panel's first channel
     * @param columns channels of the panel
     * @param scales of the weights of nr channels; those beyond are ignored
     */
    void write(MemorySegment to, long metadata, int first, int columns, float... scales) {
        final Requantization given = ends.requantization().orElseThrow();
        final long multipliersAt = metadata + layout.offsetOf(PanelPart.MULTIPLIERS);
        final long zeroPointsAt = metadata + layout.offsetOf(PanelPart.ZERO_POINTS);
        for (int j = 0; j < layout.nr(); j++) {
            if (j < columns) {
                checkMultiplier(given, first + j, scales[j]);
            }
            to.set(FLOAT, multipliersAt + j * (long) Float.BYTES, given.multiplier(scales[j]));
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
