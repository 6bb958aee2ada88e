package dev.tilesmith.sweep.measure;

import dev.tilesmith.sweep.statistic.Estimate;

/**
 * How long turns are, and how many there are at least.
 *
 * @param batchNanos how long the calls of one turn take together, about; one call where that takes longer
 * @param leastRounds turns before anything is left behind
 * @param mostRounds turns after which more would tell nothing
 * @param sureWidth an interval as narrow as this share of its median needs no more turns
 */
public record Pace(long batchNanos, int leastRounds, int mostRounds, double sureWidth) {
    /** For a sweep whose result is kept. */
    public static final Pace FULL = new Pace(1_000_000, Estimate.LEAST, 2000, 0.004);

    /** For a sweep that is to be seen working. */
    public static final Pace QUICK = new Pace(400_000, Estimate.LEAST, 100, 0.02);

    /** Checks that there is something to measure. */
    public Pace {
        if (batchNanos < 1 || leastRounds < 1 || mostRounds < leastRounds || !(sureWidth > 0)) {
            throw new IllegalArgumentException("pace: " + batchNanos + " ns, " + leastRounds + " to " + mostRounds
                    + " rounds, width " + sureWidth + "; expected positive numbers, ascending rounds");
        }
    }
}
