package dev.tilesmith.sweep.fit;

import dev.tilesmith.sweep.fit.Observation.Trial;
import dev.tilesmith.tune.Factors;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Observations by trial. Only what the variants of one trial take as multiples of each other counts: so neither the clock nor what
 * disturbed a trial as a whole does.
 *
 * @param trials two observations or more of each
 */
record Sample(SequencedMap<Trial, List<Observation>> trials) {
    /** Of observations; a trial of one alone compares nothing. */
    static Sample of(List<Observation> observations) {
        final SequencedMap<Trial, List<Observation>> trials = observations.stream()
                .collect(Collectors.groupingBy(Observation::trial, LinkedHashMap::new, Collectors.toList()));
        trials.values().removeIf(those -> those.size() < 2);
        return new Sample(trials);
    }

    /** The trials that are not left out. */
    Sample where(Predicate<Trial> kept) {
        return of(trials.values().stream()
                .flatMap(Collection::stream)
                .filter(observation -> kept.test(observation.trial()))
                .toList());
    }

    /** How many observations. */
    int size() {
        return trials.values().stream().mapToInt(List::size).sum();
    }

    /** By how much the logarithm of each expectation differs from that of the time, beside what all of a trial differ by. */
    double[] residuals(Factors factors) {
        return trials.values().stream()
                .map(those -> those.stream()
                        .mapToDouble(each -> Math.log(each.cycles(factors) / each.nanos()))
                        .toArray())
                .flatMapToDouble(Sample::centred)
                .toArray();
    }

    private static DoubleStream centred(double[] values) {
        final double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values).map(value -> value - mean);
    }

    /** The root of the mean square of the residuals: 0.1 is about ten percent. */
    double error(Factors factors) {
        final double[] residuals = residuals(factors);
        return Math.sqrt(Arrays.stream(residuals)
                .map(residual -> residual * residual)
                .average()
                .orElse(0));
    }
}
