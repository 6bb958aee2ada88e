package dev.tilesmith.sweep.measure;

import dev.tilesmith.sweep.statistic.Estimate;

/**
 * How one contender did.
 *
 * @param candidate which
 * @param estimate nanoseconds of a call
 * @param confidence how far that can be relied on
 * @param <C> what contenders are known by
 */
public record Standing<C>(C candidate, Estimate estimate, Confidence confidence) {
    /** How far a time can be relied on. */
    public enum Confidence {
        /** It was measured to the end. */
        FINAL,
        /** It was left behind when it was surely slower, or among the slower half. */
        LEFT_BEHIND,
        /** It was measured to the end, and again, and something still disturbed it. */
        NOISY
    }
}
