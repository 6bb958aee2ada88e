package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.record.MeasuredShape;
import dev.tilesmith.sweep.report.record.PeersFile;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.Comparator;
import java.util.List;

/**
 * What was chosen, beside a peer at the same product.
 *
 * @param ours what was chosen for the class
 * @param peer what the peer did
 */
record Comparison(Result ours, PeersFile.Row peer) {
    /** Names of implementations that are no peers begin so. */
    private static final String OURS = "tilesmith";

    /** All that there are: of the same formats, shape and threads, with weights from as far away; the fastest peer first. */
    static List<Comparison> of(SweepResults sweep, PeersFile peers) {
        return sweep.shapes().stream()
                .flatMap(shape -> sweep.variantsAt(shape).stream()
                        .filter(sweep::isChosen)
                        .flatMap(ours -> peers.rows().stream()
                                .filter(row -> isOf(sweep, shape, row))
                                .sorted(Comparator.comparingDouble(PeersFile.Row::gops)
                                        .reversed()
                                        .thenComparing(PeersFile.Row::impl))
                                .map(row -> new Comparison(ours, row))))
                .toList();
    }

    /** How many times as fast as the peer. */
    double ratio() {
        return ours.gops() / peer.gops();
    }

    private static boolean isOf(SweepResults sweep, MeasuredShape shape, PeersFile.Row row) {
        return row.format().equals(sweep.recipe())
                && row.m() == shape.m()
                && row.n() == shape.n()
                && row.k() == shape.k()
                && row.threads() == sweep.threads()
                && row.cold() == shape.cold()
                && !row.impl().startsWith(OURS);
    }
}
