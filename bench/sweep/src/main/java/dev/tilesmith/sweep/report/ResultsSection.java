package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.List;

/** All measurements, as they were made. */
final class ResultsSection {
    private static final List<String> HEAD =
            List.of("shape", "variant", "knobs", "rounds", "median", "at least", "at most", "GOP/s", "");

    private ResultsSection() {}

    static Section of(SweepResults sweep) {
        final long noisy = sweep.results().stream().filter(Result::noisy).count();
        final Element table = Table.of(
                "All measurements",
                HEAD,
                sweep.results().stream().map(ResultsSection::row).toList());
        return new Section(
                "results",
                "All measurements",
                List.of(
                        Section.words(sweep.results().size() + " measurements, " + noisy
                                + " of them noisy: the machine did not hold still while they were made."),
                        Element.of("details", Element.of("summary", "Show them"), table)));
    }

    private static Element row(Result result) {
        return Table.row(List.of(
                        Table.head(result.shape().extents()),
                        Table.cell(result.variant().name()),
                        Table.cell(Naming.knobs(result.knobs())),
                        Table.count(result.rounds()),
                        Table.number(result.medianNanos(), Figure.time(result.medianNanos())),
                        Table.number(result.lowNanos(), Figure.time(result.lowNanos())),
                        Table.number(result.highNanos(), Figure.time(result.highNanos())),
                        Table.number(result.gops(), Figure.speed(result.gops())),
                        Table.cell(result.noisy() ? "noisy" : "")))
                .with("data-result", Integer.toString(result.number()));
    }
}
