package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.chart.Area;
import dev.tilesmith.sweep.report.chart.Axis;
import dev.tilesmith.sweep.report.chart.Chart;
import dev.tilesmith.sweep.report.chart.LinearScale;
import dev.tilesmith.sweep.report.chart.Mark;
import dev.tilesmith.sweep.report.chart.Scale;
import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Intervals of what was chosen and of its runner-up, one shape above the other. */
final class DuelChart {
    private static final double WIDTH = 360;
    private static final double ROW = 44;
    private static final double TOP = 8;

    private final List<Duel> duels;
    private final Area area;

    private DuelChart(List<Duel> duels) {
        this.duels = duels;
        final List<Double> ends = duels.stream()
                .flatMap(duel -> Stream.of(duel.best(), duel.next())
                        .flatMap(result ->
                                Stream.of(result.lowGops(), result.highGops()).map(speed -> share(speed, duel))))
                .toList();
        final Scale shares = LinearScale.around(
                ends.stream().min(Double::compare).orElseThrow(),
                ends.stream().max(Double::compare).orElseThrow());
        this.area = new Area(
                new Axis("% of the speed of what was chosen", shares, Figure::tick),
                Axis.NONE,
                12,
                TOP,
                WIDTH - 24,
                ROW * duels.size());
    }

    /** The chart of at least one. */
    static Chart of(List<Duel> duels) {
        return new DuelChart(duels).chart();
    }

    private Chart chart() {
        final List<Node> marks = new ArrayList<>(area.uprights());
        marks.addAll(area.bottom());
        IntStream.range(0, duels.size()).forEach(row -> marks.addAll(marks(duels.get(row), TOP + ROW * row)));
        return new Chart(
                "duels",
                "Chosen and runner-up, with intervals",
                duels.stream()
                        .map(duel -> duel.name() + ": the runner-up has "
                                + Figure.percent(
                                        duel.next().gops() / duel.best().gops()) + " of the speed, intervals "
                                + duel.verdict())
                        .collect(Collectors.joining("; ")),
                WIDTH,
                TOP + ROW * duels.size() + 36,
                marks);
    }

    private List<Node> marks(Duel duel, double top) {
        final List<Node> marks = new ArrayList<>();
        marks.add(Mark.words(12, top + 11, duel.name()).with("class", "label halo"));
        marks.add(interval(duel, duel.best(), top + 22).with("class", "interval best"));
        marks.add(point(Mark.diamond(at(duel, duel.best().gops()), top + 22, 5), duel.best(), "best"));
        marks.add(interval(duel, duel.next(), top + 34).with("class", "interval next"));
        marks.add(point(Mark.dot(at(duel, duel.next().gops()), top + 34, 4), duel.next(), "next"));
        return marks;
    }

    private Element interval(Duel duel, Result result, double y) {
        return Mark.line(at(duel, result.lowGops()), y, at(duel, result.highGops()), y);
    }

    private static Element point(Element mark, Result result, String kind) {
        return Mark.saying(
                mark.with("class", "point " + kind),
                result.variant().name() + ": " + Figure.speed(result.gops()) + " GOP/s");
    }

    private double at(Duel duel, double gops) {
        return area.atX(share(gops, duel));
    }

    private static double share(double gops, Duel duel) {
        return 100 * gops / duel.best().gops();
    }
}
