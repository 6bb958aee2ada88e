package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.StoredValues;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a sum can be of any int8 row and one channel of weights: {@code Σ (q - zeroPoint) * w}.
 *
 * @param smallest the smallest sum
 * @param largest the largest one
 */
record SumRange(long smallest, long largest) {
    /** Whether no sum of {@code k} products with any weights of such a layout can overflow with such a bias. */
    static boolean isSafe(PanelLayout layout, int k, int bias) {
        final long largest = layout.weights().largest();
        return Math.abs((long) bias) <= Integer.MAX_VALUE - (Byte.MAX_VALUE - Byte.MIN_VALUE) * largest * k;
    }

    /**
     * The range for weights that lie in a panel.
     *
     * @param layout of int8 or int4, with scales for channels
     * @param start where the panel begins
     * @param column the channel's, of the panel
     */
    static SumRange of(PanelLayout layout, MemorySegment data, long start, int column, int k, int zeroPoint) {
        long positive = 0;
        long negative = 0;
        for (int p = 0; p < k; p++) {
            final int weight = weight(layout, data, start, column, p);
            positive += Math.max(weight, 0);
            negative += Math.min(weight, 0);
        }
        final int least = Byte.MIN_VALUE - zeroPoint;
        final int most = Byte.MAX_VALUE - zeroPoint;
        return new SumRange(least * positive + most * negative, most * positive + least * negative);
    }

    private static int weight(PanelLayout layout, MemorySegment data, long start, int column, int p) {
        final int kr = layout.kr();
        final StoredValues stored = layout.weights().stored();
        final int group = stored.perByte() * kr; // values of kr bytes
        final long at = start + ((long) (p / group) * layout.nr() + column) * kr + p % kr;
        return stored.part(data.get(ValueLayout.JAVA_BYTE, at), p % group / kr)
                - layout.weights().added();
    }

    /** Fails if a sum could overflow 32 bits with a bias. */
    void check(int bias, int channel) {
        if (bias + largest > Integer.MAX_VALUE || bias + smallest < Integer.MIN_VALUE) {
            throw new IllegalArgumentException("intBias: channel " + channel + " has " + bias
                    + "; its sums are from " + smallest + " to " + largest
                    + " before, and could overflow 32 bits: expected "
                    + (Integer.MIN_VALUE - smallest) + " to " + (Integer.MAX_VALUE - largest));
        }
    }
}
