package dev.tilesmith.sweep.statistic;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** Times of one thing, in the order in which they were taken. */
public final class Samples {
    private static final int INITIAL = 16;
    private static final double OUTSIDE = 0.05;

    /** Of two groups of times, the smaller has at least this share of all. */
    private static final double SHARE_OF_A_MODE = 0.2;

    /** Between two groups of times lies at least this share of the median. */
    private static final double GAP = 0.04;

    private static final int LEAST_TO_JUDGE = 10;

    private double[] values = new double[INITIAL];
    private int count;

    /** No samples. */
    public Samples() {}

    /** These. */
    public static Samples of(double... values) {
        final Samples samples = new Samples();
        for (final double value : values) {
            samples.add(value);
        }
        return samples;
    }

    /** Another one. */
    public void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /**
     * Each of them by the one of others that was taken along with it.
     *
     * @throws IllegalArgumentException if there are more or fewer of these
     */
    public Samples dividedBy(Samples others) {
        if (others.count != count) {
            throw new IllegalArgumentException("others: " + others.count + " samples; expected " + count);
        }
        final Samples ratios = new Samples();
        for (int i = 0; i < count; i++) {
            ratios.add(values[i] / others.values[i]);
        }
        return ratios;
    }

    /**
     * Their median, and an interval about it from one sample to another. Which ones follows from the number of samples: how many
     * of them are below the true median is binomial, whatever their distribution. Of fewer than six no two samples are far
     * enough apart, and the interval is all of them.
     */
    public Estimate estimate() {
        final double[] sorted = sorted();
        final int outside = Math.max(
                1, new BinomialDistribution(count, 0.5).inverseCumulativeProbability(OUTSIDE / 2)); // of each side
        return new Estimate(count, sorted[outside - 1], median(sorted), sorted[count - outside]);
    }

    private static double median(double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Whether they are of two kinds, with hardly anything between: a clock or a neighbour that changed while they were taken, so
     * that a median says which kind was more frequent, and not how long the thing takes.
     */
    public boolean isBimodal() {
        if (count < LEAST_TO_JUDGE) {
            return false;
        }
        final double[] sorted = sorted();
        final int least = (int) Math.ceil(SHARE_OF_A_MODE * count);
        final double gap = GAP * median(sorted);
        for (int i = least; i <= count - least; i++) {
            if (sorted[i] - sorted[i - 1] > gap) {
                return true;
            }
        }
        return false;
    }

    private double[] sorted() {
        if (count == 0) {
            throw new IllegalStateException("samples: none yet");
        }
        final double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
