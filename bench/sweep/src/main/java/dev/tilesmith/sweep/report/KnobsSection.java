package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.sweep.report.record.TriedKnob;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What settings are worth. */
final class KnobsSection {
    private KnobsSection() {}

    static Section of(SweepResults sweep) {
        final List<KnobSeries> all = KnobSeries.of(sweep);
        final List<Node> body = new ArrayList<>();
        if (sweep.tried().isEmpty() && all.isEmpty()) {
            body.add(Section.words("No knob was swept."));
        }
        if (!sweep.tried().isEmpty()) {
            body.add(Table.of(
                    "Knobs that were tried, and the time of products of what it was before",
                    List.of("target", "knob", "from", "to", "time"),
                    sweep.tried().stream().map(KnobsSection::row).toList()));
        }
        if (!all.isEmpty()) {
            body.add(Section.words(
                    "One knob is turned, and all others stay. Steps between values are drawn equally long; the"
                            + " target’s own value is ringed. The scale of speeds does not begin at 0."));
        }
        IntStream.range(0, all.size()).forEach(number -> body.add(figure(number, all.get(number))));
        return new Section("knobs", "Knobs", body);
    }

    private static Element row(TriedKnob tried) {
        return Table.row(List.of(
                        Table.head(tried.target()),
                        Table.cell(tried.knob().code() + ", " + tried.knob().unit()),
                        Table.count(tried.from()),
                        tried.to() == tried.from() ? Table.cell("the same") : Table.count(tried.to()),
                        Table.number(tried.ratio(), Figure.percent(tried.ratio()))))
                .with("data-tried", tried.knob().code());
    }

    private static Element figure(int number, KnobSeries series) {
        final String heading = series.knob().code() + ", "
                + series.shape().shapeClass().name() + " " + series.shape().extents();
        return Section.figure(
                heading,
                KnobChart.of("knob-" + number, series).svg(),
                List.of(Section.words(series.variant().name()
                        + (series.others().isEmpty() ? "" : ", with " + Naming.knobs(series.others())))),
                Table.of(
                        heading,
                        List.of(series.knob().code() + ", " + series.knob().unit(), "GOP/s", "at least", "at most", ""),
                        series.results().entrySet().stream()
                                .map(entry -> row(series, entry.getKey(), entry.getValue()))
                                .toList()));
    }

    private static Element row(KnobSeries series, long value, Result result) {
        final List<String> notes = new ArrayList<>();
        if (value == series.own()) {
            notes.add("the target’s own");
        }
        if (result.noisy()) {
            notes.add("noisy");
        }
        return Table.row(List.of(
                        Table.head(Long.toString(value)),
                        Table.number(result.gops(), Figure.speed(result.gops())),
                        Table.number(result.lowGops(), Figure.speed(result.lowGops())),
                        Table.number(result.highGops(), Figure.speed(result.highGops())),
                        Table.cell(String.join(", ", notes))))
                .with("data-knob", Integer.toString(result.number()));
    }
}
