package dev.tilesmith.sweep.report;

import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.tune.ShapeClass.Reach;
import java.util.Arrays;
import java.util.List;

/**
 * Results of products whose weights are as far away, and what the machine allows there.
 *
 * @param reach where the weights are
 * @param roof what the machine allows
 * @param results each variant at each shape once
 */
record Roofline(Reach reach, Roof roof, List<Result> results) {
    /** Those of a sweep, without such as have no result. */
    static List<Roofline> of(SweepResults sweep) {
        return Arrays.stream(Reach.values())
                .filter(reach -> !results(sweep, reach).isEmpty())
                .map(reach -> new Roofline(reach, Roof.of(sweep, reach), results(sweep, reach)))
                .toList();
    }

    /** What it shows. */
    String title() {
        return switch (reach) {
            case CACHE -> "Weights from a cache";
            case MEMORY -> "Weights from memory";
        };
    }

    /** What part of what the machine allows a result has. */
    double share(Result result) {
        return result.gops() / roof.at(result.shape().intensity());
    }

    private static List<Result> results(SweepResults sweep, Reach reach) {
        return sweep.shapes().stream()
                .filter(shape -> shape.shapeClass().reach() == reach)
                .flatMap(shape -> sweep.variantsAt(shape).stream())
                .toList();
    }
}
