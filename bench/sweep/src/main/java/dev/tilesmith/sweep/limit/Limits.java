package dev.tilesmith.sweep.limit;

import java.util.OptionalDouble;

/**
 * What the machine does at best, as far as it was measured.
 *
 * @param computeGops operations in a nanosecond
 * @param cacheGigabytes bytes in a nanosecond, read from the last-level cache
 * @param memoryGigabytes bytes in a nanosecond, read from memory
 */
public record Limits(OptionalDouble computeGops, OptionalDouble cacheGigabytes, OptionalDouble memoryGigabytes) {
    /** Where none was measured. */
    public static final Limits UNKNOWN =
            new Limits(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
}
