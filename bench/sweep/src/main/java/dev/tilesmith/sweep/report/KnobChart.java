package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.chart.Area;
import dev.tilesmith.sweep.report.chart.Axis;
import dev.tilesmith.sweep.report.chart.Chart;
import dev.tilesmith.sweep.report.chart.LinearScale;
import dev.tilesmith.sweep.report.chart.Mark;
import dev.tilesmith.sweep.report.chart.Mark.Place;
import dev.tilesmith.sweep.report.chart.StepScale;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Speed over the values of a knob, with intervals. */
final class KnobChart {
    private static final double WIDTH = 360;
    private static final double HEIGHT = 200;
    private static final int MOST_LABELS = 8;

    private final String id;
    private final KnobSeries series;
    private final Area area;

    private KnobChart(String id, KnobSeries series) {
        this.id = id;
        this.series = series;
        final Collection<Result> results = series.results().values();
        this.area = new Area(
                new Axis(
                        series.knob().code() + ", " + series.knob().unit(),
                        new StepScale(series.results().keySet().stream()
                                .map(Long::doubleValue)
                                .toList()),
                        this::label),
                new Axis(
                        "GOP/s",
                        LinearScale.around(
                                results.stream()
                                        .mapToDouble(Result::lowGops)
                                        .min()
                                        .orElseThrow(),
                                results.stream()
                                        .mapToDouble(Result::highGops)
                                        .max()
                                        .orElseThrow()),
                        Figure::tick),
                44,
                26,
                WIDTH - 56,
                HEIGHT - 66);
    }

    /** The chart of a series. */
    static Chart of(String id, KnobSeries series) {
        return new KnobChart(id, series).chart();
    }

    private Chart chart() {
        final List<Node> marks = new ArrayList<>(area.side());
        marks.addAll(area.bottom());
        final String colour = Naming.colour(series.variant().target());
        marks.add(Mark.path(series.results().entrySet().stream()
                        .map(entry -> place(entry.getKey(), entry.getValue().gops()))
                        .toList())
                .with("class", "path " + colour));
        series.results().forEach((value, result) -> marks.addAll(marks(value, result, colour)));
        return new Chart(
                id,
                series.knob().code() + " at " + series.shape().extents(),
                series.results().entrySet().stream()
                        .map(entry -> entry.getKey() + ": "
                                + Figure.speed(entry.getValue().gops()) + " GOP/s")
                        .collect(Collectors.joining("; ")),
                WIDTH,
                HEIGHT,
                marks);
    }

    private List<Node> marks(long value, Result result, String colour) {
        final Place place = place(value, result.gops());
        final String kind = "point " + colour + (result.noisy() ? " noisy" : "");
        final List<Node> marks = new ArrayList<>();
        marks.add(Mark.line(
                        place.x(),
                        place(value, result.lowGops()).y(),
                        place.x(),
                        place(value, result.highGops()).y())
                .with("class", "interval " + colour));
        if (value == series.own()) {
            marks.add(Mark.dot(place.x(), place.y(), 8).with("class", "ringed"));
        }
        marks.add(Mark.saying(
                Mark.dot(place.x(), place.y(), 4).with("class", kind),
                value + ": " + Figure.speed(result.gops()) + " GOP/s"));
        return marks;
    }

    private Place place(long value, double gops) {
        return new Place(area.atX((double) value), area.atY(gops));
    }

    /** Not every value where there are many: they would be written over each other. */
    private String label(double value) {
        final int step = new ArrayList<>(series.results().keySet()).indexOf((long) value);
        final int every = (series.results().size() + MOST_LABELS - 1) / MOST_LABELS;
        return step % every == 0 ? shortened((long) value) : "";
    }

    private static String shortened(long value) {
        if (value >= 1 << 20 && value % (1 << 20) == 0) {
            return (value >> 20) + "Mi";
        }
        return value >= 1 << 10 && value % (1 << 10) == 0 ? (value >> 10) + "Ki" : Long.toString(value);
    }
}
