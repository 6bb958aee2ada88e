package dev.tilesmith.kernel.drive;

/** What a kernel computes by. */
public final class Lineup {
    private final Compute compute;

    private Lineup(Compute compute) {
        this.compute = compute;
    }

    /** One family, which serves all products. */
    public static Lineup of(Compute compute) {
        return new Lineup(compute);
    }

    /** What serves. */
    Compute compute() {
        return compute;
    }
}
