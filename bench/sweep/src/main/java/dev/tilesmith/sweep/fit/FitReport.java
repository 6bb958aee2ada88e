package dev.tilesmith.sweep.fit;

import dev.tilesmith.sweep.fit.Observation.Trial;
import dev.tilesmith.tune.CostGroup;
import dev.tilesmith.tune.Factor;
import dev.tilesmith.tune.Factors;
import dev.tilesmith.tune.ShapeClass;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What a fit found, as text: the factors, and how well the model ranks with them, and without the trial that it ranks. */
final class FitReport {
    private static final double PERCENT = 100;

    private final CostGroup group;
    private final Sample sample;
    private final Factors fitted;

    /** Of a group's observations. */
    FitReport(CostGroup group, Sample sample) {
        this.group = group;
        this.sample = sample;
        this.fitted = new FactorFit(sample, group.factors()).run();
    }

    /**
     * How a trial was ranked.
     *
     * @param trial the trial
     * @param variants how many there were
     * @param known by the factors that Tilesmith has
     * @param fitted by those of the fit
     * @param unseen by those of a fit to all other trials
     */
    record Row(Trial trial, int variants, Ranking known, Ranking fitted, Ranking unseen) {}

    /** Every trial. */
    List<Row> rows() {
        return sample.trials().entrySet().stream()
                .map(each -> row(each.getKey(), each.getValue()))
                .toList();
    }

    private Row row(Trial trial, List<Observation> observations) {
        final Sample others = sample.where(other -> !other.equals(trial));
        final Factors without = others.size() == 0 ? group.factors() : new FactorFit(others, group.factors()).run();
        return new Row(
                trial,
                observations.size(),
                Ranking.of(observations, group.factors()),
                Ranking.of(observations, fitted),
                Ranking.of(observations, without));
    }

    /** The text. */
    String text() {
        final List<Row> rows = rows();
        return String.format(
                        Locale.ROOT,
                        "%s: %d measurements at %d shapes, off by %.1f %% with the factors known, %.1f %% with those fitted%n",
                        group.title(),
                        sample.size(),
                        rows.size(),
                        PERCENT * sample.error(group.factors()),
                        PERCENT * sample.error(fitted))
                + factors()
                + head("shape")
                + rows.stream().map(FitReport::line).collect(Collectors.joining())
                + head("class")
                + byClass(rows).entrySet().stream()
                        .map(each -> line(each.getKey(), each.getValue()))
                        .collect(Collectors.joining());
    }

    private String factors() {
        final StringBuilder text = new StringBuilder();
        for (final Factor factor : Factor.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-8s known %8.3f  fitted %8.3f %s%n",
                    factor.code(),
                    group.factors().get(factor),
                    fitted.get(factor),
                    factor.unit()));
        }
        return text.toString();
    }

    private static String head(String what) {
        return String.format(
                Locale.ROOT,
                "  %-18s %8s  %11s  %11s  %11s  %11s  %11s%n",
                what,
                "variants",
                "correlation",
                "loss, known",
                "fitted",
                "unseen",
                "sure of it");
    }

    private static String line(Row row) {
        return line(row.trial().extents(), List.of(row));
    }

    private static Map<String, List<Row>> byClass(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparingInt(
                        row -> ShapeClass.all().indexOf(row.trial().shape())))
                .collect(Collectors.groupingBy(
                        row -> row.trial().shape().name(), LinkedHashMap::new, Collectors.toList()));
    }

    /** Means over rows. */
    private static String line(String name, List<Row> rows) {
        final String correlation =
                rows.stream().flatMapToDouble(row -> row.fitted().correlation().stream()).average().stream()
                        .mapToObj(mean -> String.format(Locale.ROOT, "%.2f", mean))
                        .findFirst()
                        .orElse("none");
        return String.format(
                Locale.ROOT,
                "  %-18s %8d  %11s  %9.1f %%  %9.1f %%  %9.1f %%  %9.1f %%%n",
                name,
                rows.stream().mapToInt(Row::variants).sum(),
                correlation,
                mean(rows.stream().mapToDouble(row -> row.known().loss())),
                mean(rows.stream().mapToDouble(row -> row.fitted().loss())),
                mean(rows.stream().mapToDouble(row -> row.unseen().loss())),
                mean(rows.stream().mapToDouble(row -> row.unseen().sure())));
    }

    private static double mean(DoubleStream losses) {
        return PERCENT * losses.average().orElse(0);
    }
}
