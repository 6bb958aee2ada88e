package dev.tilesmith.sweep.measure;

/** Time that may be spent, and what is left of it. */
public final class Budget {
    private final Clock clock;
    private final long nanos;
    private final long start;

    /**
     * A budget that runs from now on.
     *
     * @param nanos all of it
     * @param spent what was spent of it before
     */
    public Budget(Clock clock, long nanos, long spent) {
        this.clock = clock;
        this.nanos = nanos;
        this.start = clock.nanos() - spent;
    }

    /** What was spent. */
    public long spent() {
        return clock.nanos() - start;
    }

    /** What is left; 0 at the end. */
    public long left() {
        return Math.max(0, nanos - spent());
    }

    /** A share of what is left: {@code parts} of {@code all}. */
    public long share(double parts, double all) {
        return Math.round(left() * Math.min(1, parts / all));
    }
}
