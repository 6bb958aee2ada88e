package dev.tilesmith.sample.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How cosines between vectors of the same sentences are distributed.
 *
 * @param sorted the cosines, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // made here, and only read
public record Cosine(double[] sorted) {
    /** The cosines between vectors of length 1, pair by pair. */
    public static Cosine between(List<float[]> ours, List<float[]> theirs) {
        final double[] cosines = new double[ours.size()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = ofUnit(ours.get(i), theirs.get(i));
        }
        Arrays.sort(cosines);
        return new Cosine(cosines);
    }

    /** Cosine of the angle between two vectors of length 1. */
    static double ofUnit(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** The value that a share of the cosines lies below: 0 for the least, 1 for the largest. */
    public double quantile(double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** Arithmetic mean. */
    public double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "cosine over %d sentences: min %.7f, 1 %% %.7f, median %.7f, mean %.7f, max %.7f",
                sorted.length,
                quantile(0),
                quantile(0.01),
                quantile(0.5),
                mean(),
                quantile(1));
    }
}
