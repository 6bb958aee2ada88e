package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.PeersFile;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was chosen, beside others that do the same. */
final class PeersSection {
    private static final List<String> HEAD = List.of("shape", "peer", "chosen, GOP/s", "peer, GOP/s", "ratio");

    private PeersSection() {}

    static Section of(SweepResults sweep, Optional<PeersFile> peers) {
        return new Section(
                "peers",
                "Peers",
                peers.map(file -> body(sweep, file))
                        .orElseGet(() -> List.of(Section.words("No figures of peers were given."))));
    }

    private static List<Node> body(SweepResults sweep, PeersFile peers) {
        final List<Comparison> all = Comparison.of(sweep, peers);
        if (all.isEmpty()) {
            return List.of(Section.words(
                    "No peer was measured with these formats at one of these shapes, on as many threads, with weights"
                            + " from as far away."));
        }
        final List<Node> body = new ArrayList<>();
        body.add(Section.words(
                "The sweep and the peers were measured one after the other: what neighbours did meanwhile is in"
                        + " the ratios."));
        body.add(Section.figure(
                "Speed of what was chosen, as a multiple of a peer’s",
                PeersChart.of(all).svg(),
                List.of(),
                Table.of(
                        "Speed of what was chosen, as a multiple of a peer’s",
                        HEAD,
                        all.stream().map(PeersSection::row).toList())));
        return body;
    }

    private static Element row(Comparison comparison) {
        return Table.row(List.of(
                        Table.head(comparison.ours().shape().extents()),
                        Table.cell(comparison.peer().impl()),
                        Table.number(
                                comparison.ours().gops(),
                                Figure.speed(comparison.ours().gops())),
                        Table.number(
                                comparison.peer().gops(),
                                Figure.speed(comparison.peer().gops())),
                        Table.number(comparison.ratio(), Figure.ratio(comparison.ratio()))))
                .with("data-peer", comparison.peer().impl());
    }
}
