package dev.tilesmith.sweep.measure;

import java.util.SplittableRandom;

/** Time that passes only when work is done, and work that takes as long as it is told to, about. */
public final class FakeClock implements Clock {
    private long now;

    /** A clock that begins somewhere. */
    public FakeClock() {
        now = 1_234_567;
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Lets time pass. */
    public void pass(double nanos) {
        now += Math.round(nanos);
    }

    /** Work whose times spread about {@code nanos} by a share of it, and now and then are twice as long. */
    public Runnable work(double nanos, double spread, SplittableRandom random) {
        return () -> {
            final double slower = random.nextInt(50) == 0 ? 2 : 1;
            pass(Math.max(1, nanos * (1 + spread * random.nextGaussian()) * slower));
        };
    }
}
