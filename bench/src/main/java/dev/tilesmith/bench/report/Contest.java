package dev.tilesmith.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Implementations of the same work.
 *
 * @param measurements one for each
 */
record Contest(List<Measurement> measurements) {
    /** Keeps the measurements as they are now. */
    Contest {
        measurements = List.copyOf(measurements);
    }

    /** What this implementation did, if it was there. */
    Optional<Measurement> by(String impl) {
        return find(measurement -> measurement.impl().equals(impl));
    }

    /** The best of all others; those whose names begin with this one's are no peers of it. */
    Optional<Measurement> bestBut(String impl) {
        return find(measurement -> !measurement.impl().startsWith(impl));
    }

    /** How many times as fast as the best of all others. */
    Optional<Double> ratio(String impl) {
        return bestBut(impl).flatMap(best -> ratio(impl, best.impl()));
    }

    /** How many times as fast one was as another. */
    Optional<Double> ratio(String impl, String other) {
        return by(impl).flatMap(own -> by(other).map(theirs -> own.gops() / theirs.gops()));
    }

    private Optional<Measurement> find(Predicate<Measurement> wanted) {
        return measurements.stream().filter(wanted).max(Comparator.comparingDouble(Measurement::gops));
    }
}
