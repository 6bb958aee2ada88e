package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.List;

/** How near all variants come to what the machine allows. */
final class RooflineSection {
    private static final List<String> HEAD =
            List.of("shape", "variant", "operations a byte", "GOP/s", "at least", "at most", "of the roof", "");

    private RooflineSection() {}

    static Section of(SweepResults sweep) {
        final List<Node> body = new ArrayList<>();
        body.add(Section.words(
                "Operations are 2·m·n·k. They are divided by the bytes of packed weights, each of which is"
                        + " read once: that is what a product asks of memory, or of the cache that its weights are"
                        + " in."));
        Roofline.of(sweep).forEach(roofline -> body.add(figure(sweep, roofline)));
        return new Section("roofline", "Roofline", body);
    }

    private static Element figure(SweepResults sweep, Roofline roofline) {
        final Roof roof = roofline.roof();
        return Section.figure(
                roofline.title(),
                RooflineChart.of(sweep, roofline).svg(),
                List.of(
                        Section.words("The roof: " + Figure.speed(roof.compute().value()) + " GOP/s ("
                                + roof.compute().source() + "), and "
                                + Figure.speed(roof.read().value()) + " GB/s of weights ("
                                + roof.read().source() + ")."),
                        Legend.ofPoints(roofline.results().stream()
                                .map(result -> result.variant().target())
                                .toList())),
                Table.of(
                        roofline.title(),
                        HEAD,
                        roofline.results().stream()
                                .map(result -> row(sweep, roofline, result))
                                .toList()));
    }

    private static Element row(SweepResults sweep, Roofline roofline, Result result) {
        return Table.row(List.of(
                        Table.head(result.shape().extents()),
                        Table.cell(result.variant().name()),
                        Table.number(
                                result.shape().intensity(),
                                Figure.speed(result.shape().intensity())),
                        Table.number(result.gops(), Figure.speed(result.gops())),
                        Table.number(result.lowGops(), Figure.speed(result.lowGops())),
                        Table.number(result.highGops(), Figure.speed(result.highGops())),
                        Table.number(roofline.share(result), Figure.percent(roofline.share(result))),
                        Table.cell(notes(sweep, result))))
                .with("data-point", Integer.toString(result.number()));
    }

    private static String notes(SweepResults sweep, Result result) {
        final List<String> notes = new ArrayList<>();
        if (sweep.isChosen(result)) {
            notes.add("chosen");
        }
        if (result.noisy()) {
            notes.add("noisy");
        }
        return String.join(", ", notes);
    }
}
