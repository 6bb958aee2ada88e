package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Target;
import dev.tilesmith.sweep.report.markup.Element;
import dev.tilesmith.sweep.report.markup.Node;
import dev.tilesmith.sweep.report.record.MeasuredShape;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which tiles are fast: heat maps of rows by columns, one for each target and shape. */
final class TilesSection {
    private TilesSection() {}

    static Section of(SweepResults sweep) {
        final List<Node> body = new ArrayList<>();
        body.add(Section.words(
                "GOP/s of each tile: rows downwards, columns across, in values and in vectors of its target. Of"
                        + " several schedules and packings of a tile the fastest counts; below the number stands its"
                        + " schedule where that is not the usual one. The colour is the share of the fastest at that"
                        + " shape."));
        body.add(HeatMap.legend());
        for (final MeasuredShape shape : sweep.shapes()) {
            final List<Result> results = sweep.variantsAt(shape);
            if (!results.isEmpty()) {
                body.add(shape(sweep, shape, results));
            }
        }
        return new Section("tiles", "Tiles", body);
    }

    private static Element shape(SweepResults sweep, MeasuredShape shape, List<Result> results) {
        final Map<Target, List<Result>> targets = results.stream()
                .collect(Collectors.groupingBy(result -> result.variant().target(), TreeMap::new, Collectors.toList()));
        final double best = results.getFirst().gops();
        return Element.of(
                        "div",
                        Element.of("h3", shape.shapeClass().name() + " " + shape.extents()),
                        Element.of(
                                        "div",
                                        targets.values().stream()
                                                .map(among -> new HeatMap(sweep, shape, best, among).element())
                                                .toList())
                                .with("class", "maps"))
                .with("class", "shape");
    }
}
