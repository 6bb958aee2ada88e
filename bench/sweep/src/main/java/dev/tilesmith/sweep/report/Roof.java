package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.limit.Limits;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.tune.ShapeClass.Reach;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the machine allows at best: as many operations as it computes, and no more than the weights that it reads in the time
 * are worth.
 *
 * @param compute operations in a nanosecond
 * @param read bytes of weights in a nanosecond
 */
record Roof(Ceiling compute, Ceiling read) {
    /**
     * A limit and how it is known.
     *
     * @param value the limit
     * @param source how it is known
     */
    record Ceiling(double value, Source source) {}

    /** How a limit is known. */
    enum Source {
        /** It was measured by itself. */
        MEASURED("measured"),
        /** It was not: it is the best that any variant had. */
        BEST_SEEN("best seen");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** That of weights that are as far away; the sweep has at least one result of them. */
    static Roof of(SweepResults sweep, Reach reach) {
        final Limits limits = sweep.limits();
        return new Roof(
                ceiling(limits.computeGops(), sweep.results().stream(), Result::gops),
                ceiling(
                        switch (reach) {
                            case CACHE -> limits.cacheGigabytes();
                            case MEMORY -> limits.memoryGigabytes();
                        },
                        sweep.results().stream()
                                .filter(result -> result.shape().shapeClass().reach() == reach),
                        result -> result.gops() / result.shape().intensity()));
    }

    /** Operations in a nanosecond at so many for each byte. */
    double at(double intensity) {
        return Math.min(compute.value(), read.value() * intensity);
    }

    /** Operations for each byte from which on computing is what takes the time. */
    double ridge() {
        return compute.value() / read.value();
    }

    private static Ceiling ceiling(OptionalDouble limit, Stream<Result> results, ToDoubleFunction<Result> seen) {
        return limit.isPresent()
                ? new Ceiling(limit.getAsDouble(), Source.MEASURED)
                : new Ceiling(results.mapToDouble(seen).max().orElseThrow(), Source.BEST_SEEN);
    }
}
