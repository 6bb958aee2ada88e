package dev.tilesmith.sweep.measure;

import dev.tilesmith.sweep.statistic.Estimate;
import dev.tilesmith.sweep.statistic.Samples;

/**
 * One of several things that are timed beside each other.
 *
 * @param <C> what it is known by
 */
public final class Contender<C> {
    private static final int MOST_CALLS = 1 << 20;

    /** An interval wider than this share of its median is noise. */
    private static final double NOISY_WIDTH = 0.03;

    private final C candidate;
    private final Runnable work;
    private Samples samples = new Samples();
    private int calls = 1;
    private double callNanos;

    /** Work that is known by {@code candidate}. */
    public Contender(C candidate, Runnable work) {
        this.candidate = candidate;
        this.work = work;
    }

    /** What it is. */
    public C candidate() {
        return candidate;
    }

    /** Times it a first time, to know how many calls make a turn. */
    void calibrate(Clock clock, long batchNanos) {
        long nanos = time(clock);
        while (nanos < batchNanos / 4 && calls < MOST_CALLS) {
            calls *= 2;
            nanos = time(clock);
        }
        callNanos = (double) nanos / calls;
        calls = (int) Math.clamp(batchNanos / Math.max(1, callNanos), 1, MOST_CALLS);
    }

    /** About how long one call takes. */
    double callNanos() {
        return callNanos;
    }

    /** About how long a turn takes. */
    double turnNanos() {
        return callNanos * (calls + 1);
    }

    /**
     * A turn. The first call brings back to the caches what others have taken from there, and is not counted.
     */
    void turn(Clock clock) {
        work.run();
        samples.add((double) time(clock) / calls);
    }

    private long time(Clock clock) {
        final long start = clock.nanos();
        for (int call = 0; call < calls; call++) {
            work.run();
        }
        return clock.nanos() - start;
    }

    /** Forgets all times. */
    void startOver() {
        samples = new Samples();
    }

    /** How many turns it had. */
    int rounds() {
        return samples.count();
    }

    /** How long a call takes in nanoseconds, as far as it is known; at least one turn was had, or calibrated. */
    public Estimate estimate() {
        return samples.count() == 0 ? new Estimate(0, callNanos, callNanos, callNanos) : samples.estimate();
    }

    /**
     * How many times longer it takes than another, as far as the rounds tell that both had: of each round the ratio, so that what
     * changes from one round to the next changes both alike.
     */
    public Estimate timesAsLongAs(Contender<?> other) {
        return samples.dividedBy(other.samples).estimate();
    }

    /** Whether its times are of two kinds, or too far apart. */
    public boolean isNoisy() {
        return estimate().width() > NOISY_WIDTH || samples.isBimodal();
    }
}
