package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.chart.Area;
import dev.tilesmith.sweep.report.chart.Axis;
import dev.tilesmith.sweep.report.chart.Chart;
import dev.tilesmith.sweep.report.chart.LinearScale;
import dev.tilesmith.sweep.report.chart.Mark;
import dev.tilesmith.sweep.report.markup.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A bar for each peer at each shape, and a line where both are as fast. */
final class PeersChart {
    private static final double WIDTH = 360;
    private static final double ROW = 34;
    private static final double TOP = 8;

    private final List<Comparison> all;
    private final Area area;

    private PeersChart(List<Comparison> all) {
        this.all = all;
        final double most =
                Math.max(1, all.stream().mapToDouble(Comparison::ratio).max().orElseThrow());
        this.area = new Area(
                new Axis("times as fast", new LinearScale(0, most * 1.15), Figure::tick),
                Axis.NONE,
                12,
                TOP,
                WIDTH - 24,
                ROW * all.size());
    }

    /** The chart of at least one. */
    static Chart of(List<Comparison> all) {
        return new PeersChart(all).chart();
    }

    private Chart chart() {
        final List<Node> marks = new ArrayList<>(area.uprights());
        marks.addAll(area.bottom());
        IntStream.range(0, all.size()).forEach(row -> marks.addAll(bar(all.get(row), TOP + ROW * row)));
        marks.add(Mark.line(area.atX(1), TOP, area.atX(1), TOP + area.height()).with("class", "even"));
        return new Chart(
                "peers-chart",
                "Speed as a multiple of peers’",
                all.stream()
                        .map(comparison -> comparison.ours().shape().extents() + " against "
                                + comparison.peer().impl() + " " + Figure.ratio(comparison.ratio()))
                        .collect(Collectors.joining("; ")),
                WIDTH,
                TOP + area.height() + 36,
                marks);
    }

    private List<Node> bar(Comparison comparison, double top) {
        final double end = area.atX(comparison.ratio());
        return List.of(
                Mark.words(
                                area.left() + 2,
                                top + 11,
                                comparison.ours().shape().extents() + ", "
                                        + comparison.peer().impl())
                        .with("class", "label halo"),
                Mark.bar(area.left(), top + 15, end - area.left(), 12).with("class", "bar"),
                Mark.words(end + 4, top + 25, Figure.ratio(comparison.ratio())).with("class", "label halo strong"));
    }
}
