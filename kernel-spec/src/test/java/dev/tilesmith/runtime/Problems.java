package dev.tilesmith.runtime;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Random problems of a property test, each with a seed of its own: {@code -Dproblems=N} asks for more of them, and {@code
 * -Dproblem=SEED} for that one alone, which a failure names.
 */
public final class Problems {
    private static final int COUNT = Integer.getInteger("problems", 100_000);

    private Problems() {}

    /** Fails, and names the seed, if the property fails for one of the problems. */
    public static void forEach(Consumer<SplittableRandom> property) {
        final Long one = Long.getLong("problem");
        final long first = one == null ? 0 : one;
        final long end = one == null ? COUNT : one + 1;
        for (long seed = first; seed < end; seed++) {
            try {
                property.accept(new SplittableRandom(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dproblem=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
