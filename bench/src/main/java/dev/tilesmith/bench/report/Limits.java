package dev.tilesmith.bench.report;

import java.util.List;

/**
 * What the machine can do at best, on some number of threads.
 *
 * @param threads on how many threads
 * @param ofFloats of f32
 * @param ofIntegers of int8: of all that the machine has for it, the best last; none where Java multiplies
 * @param readGigabytes 10^9 bytes read from memory a second
 */
public record Limits(int threads, Limit ofFloats, List<Limit> ofIntegers, double readGigabytes) {
    /** Makes the list immutable. */
    public Limits {
        ofIntegers = List.copyOf(ofIntegers);
    }
}
