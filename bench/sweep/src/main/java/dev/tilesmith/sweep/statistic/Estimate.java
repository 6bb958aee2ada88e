package dev.tilesmith.sweep.statistic;

/**
 * A median, and where the true one is, 19 times of 20.
 *
 * @param count of how many samples
 * @param low the least that it may be
 * @param median of the samples
 * @param high the most that it may be
 */
public record Estimate(int count, double low, double median, double high) {
    /** Of fewer samples no interval is sure. */
    public static final int LEAST = 6;

    /** Checks the order of the three. */
    public Estimate {
        if (!(low <= median && median <= high)) {
            throw new IllegalArgumentException(
                    "low, median, high: " + low + ", " + median + ", " + high + "; expected ascending numbers");
        }
    }

    /** How wide the interval is, as a share of the median. */
    public double width() {
        return (high - low) / median;
    }

    /** Whether it is surely less than another: both are of enough samples, and their intervals do not meet. */
    public boolean isBelow(Estimate other) {
        return Math.min(count, other.count) >= LEAST && high < other.low;
    }
}
