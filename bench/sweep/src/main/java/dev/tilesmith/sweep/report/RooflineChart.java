package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.report.chart.Area;
import dev.tilesmith.sweep.report.chart.Axis;
import dev.tilesmith.sweep.report.chart.Chart;
import dev.tilesmith.sweep.report.chart.Labels;
import dev.tilesmith.sweep.report.chart.LogScale;
import dev.tilesmith.sweep.report.chart.Mark;
import dev.tilesmith.sweep.report.chart.Mark.Place;
import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Speeds of all variants over operations for each byte of weights, below what the machine allows. */
final class RooflineChart {
    private static final double WIDTH = 360;
    private static final double HEIGHT = 300;
    private static final double LEGEND_CHARACTER = 6.5;

    private final SweepResults sweep;
    private final Roofline roofline;
    private final Area area;
    private final Labels labels = new Labels();

    private RooflineChart(SweepResults sweep, Roofline roofline) {
        this.sweep = sweep;
        this.roofline = roofline;
        this.area = new Area(
                new Axis("operations for each byte of weights", intensities(), Figure::tick),
                new Axis("GOP/s", speeds(), Figure::tick),
                40,
                26,
                WIDTH - 52,
                HEIGHT - 66);
    }

    /** The chart of at least one result. */
    static Chart of(SweepResults sweep, Roofline roofline) {
        return new RooflineChart(sweep, roofline).chart();
    }

    /** The same with what the colours mean, for where nothing else says it. */
    static Chart withLegend(SweepResults sweep, Roofline roofline) {
        final Chart chart = of(sweep, roofline);
        final List<Node> marks = new ArrayList<>(chart.marks());
        double x = 12;
        for (final Target target : targets(roofline)) {
            marks.add(Mark.dot(x, HEIGHT + 6, 4).with("class", "point " + Naming.colour(target)));
            marks.add(Mark.words(x + 8, HEIGHT + 10, target.code()).with("class", "label"));
            x += 20 + LEGEND_CHARACTER * target.code().length();
        }
        return new Chart(chart.id(), chart.title(), chart.description(), WIDTH, HEIGHT + 20, marks);
    }

    private static Set<Target> targets(Roofline roofline) {
        return new TreeSet<>(roofline.results().stream()
                .map(result -> result.variant().target())
                .toList());
    }

    private LogScale intensities() {
        final DoubleStream all =
                roofline.results().stream().mapToDouble(result -> result.shape().intensity());
        final DoubleSummaryStatistics range = DoubleStream.concat(
                        all, DoubleStream.of(roofline.roof().ridge()))
                .summaryStatistics();
        return new LogScale(range.getMin() / 3, range.getMax() * 3);
    }

    private LogScale speeds() {
        final DoubleSummaryStatistics range =
                roofline.results().stream().mapToDouble(Result::gops).summaryStatistics();
        return new LogScale(
                range.getMin() / 2,
                1.6 * Math.max(range.getMax(), roofline.roof().compute().value()));
    }

    private Chart chart() {
        final List<Node> marks = new ArrayList<>(area.side());
        marks.addAll(area.bottom());
        marks.addAll(roof());
        final List<Result> chosen =
                roofline.results().stream().filter(sweep::isChosen).toList();
        roofline.results().stream().filter(result -> !sweep.isChosen(result)).forEach(result -> marks.add(dot(result)));
        chosen.forEach(result -> marks.add(diamond(result)));
        chosen.forEach(result -> marks.addAll(label(result)));
        marks.addAll(slope());
        return new Chart(
                "roofline-" + roofline.reach().name().toLowerCase(Locale.ROOT),
                roofline.title(),
                roofline.results().size() + " results. Chosen: "
                        + chosen.stream()
                                .map(result -> result.shape().extents() + " "
                                        + result.variant().name() + " " + Figure.speed(result.gops()) + " GOP/s")
                                .collect(Collectors.joining("; ")),
                WIDTH,
                HEIGHT,
                marks);
    }

    /** The two ceilings, one line; the part below the chart is not drawn. */
    private List<Node> roof() {
        final Roof roof = roofline.roof();
        final LogScale x = (LogScale) area.x().scale();
        final double lowest = ((LogScale) area.y().scale()).from();
        final double begin = Math.max(x.from(), lowest / roof.read().value());
        final List<Node> parts = new ArrayList<>();
        parts.add(Mark.path(List.of(
                        place(begin, roof.at(begin)),
                        place(roof.ridge(), roof.compute().value()),
                        place(x.to(), roof.compute().value())))
                .with("class", "roof"));
        parts.add(Mark.words(
                        area.left() + area.width(),
                        area.atY(roof.compute().value()) - 8,
                        Figure.speed(roof.compute().value()) + " GOP/s")
                .with("class", "label")
                .with("text-anchor", "end"));
        return parts;
    }

    /** What the weights are read by, beside the slope, where no label of a mark is. */
    private List<Node> slope() {
        final Roof roof = roofline.roof();
        final double begin = Math.max(
                ((LogScale) area.x().scale()).from(),
                ((LogScale) area.y().scale()).from() / roof.read().value());
        final double middle = Math.sqrt(begin * roof.ridge());
        return labels
                .beside(
                        place(middle, roof.at(middle)),
                        Figure.speed(roof.read().value()) + " GB/s",
                        area.left(),
                        area.left() + area.width())
                .stream()
                .<Node>map(label -> label.with("class", "label halo"))
                .toList();
    }

    private Place place(double intensity, double gops) {
        return new Place(area.atX(intensity), area.atY(gops));
    }

    private Place place(Result result) {
        return place(result.shape().intensity(), result.gops());
    }

    private Element dot(Result result) {
        return point(Mark.dot(place(result).x(), place(result).y(), 3), result, result.noisy() ? "noisy" : "");
    }

    private Element diamond(Result result) {
        return point(Mark.diamond(place(result).x(), place(result).y(), 6), result, "chosen");
    }

    private static Element point(Element mark, Result result, String kind) {
        return Mark.saying(
                mark.with("class", ("point " + Naming.colour(result.variant().target()) + " " + kind).strip()),
                result.variant().name() + " at " + result.shape().extents() + ": " + Figure.speed(result.gops())
                        + " GOP/s");
    }

    /** The tile that was chosen, beside its mark where there is room. */
    private List<Node> label(Result result) {
        final Place place = place(result);
        final String words = Naming.tile(result.variant());
        return labels.beside(place, words, area.left(), area.left() + area.width()).stream()
                .<Node>map(label -> label.with("class", "label halo strong"))
                .toList();
    }
}
