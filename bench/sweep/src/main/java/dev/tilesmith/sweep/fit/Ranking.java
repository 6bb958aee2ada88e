package dev.tilesmith.sweep.fit;

import dev.tilesmith.tune.Factors;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How well the model ranks the variants of a trial.
 *
 * @param correlation Spearman's rank correlation of what it expects and what was measured; nothing if it expects the same of all
 * @param loss how much more than the fastest the variant takes that it expects to be: 0.05 is five percent
 * @param sure what of that the intervals of both leave
 */
record Ranking(OptionalDouble correlation, double loss, double sure) {
    /** By the model with {@code factors}, of two variants or more. */
    static Ranking of(List<Observation> trial, Factors factors) {
        final double[] expected =
                trial.stream().mapToDouble(each -> each.cycles(factors)).toArray();
        final double[] measured = trial.stream().mapToDouble(Observation::nanos).toArray();
        final double correlation = new SpearmansCorrelation().correlation(expected, measured);
        final Observation chosen = trial.stream()
                .min(Comparator.comparingDouble(each -> each.cycles(factors)))
                .orElseThrow();
        final Observation best = trial.stream()
                .min(Comparator.comparingDouble(Observation::nanos))
                .orElseThrow();
        return new Ranking(
                Double.isNaN(correlation) ? OptionalDouble.empty() : OptionalDouble.of(correlation),
                chosen.nanos() / best.nanos() - 1,
                Math.max(0, chosen.low() / best.high() - 1));
    }
}
