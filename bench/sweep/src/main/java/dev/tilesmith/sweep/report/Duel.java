package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.report.record.Chosen;
import dev.tilesmith.sweep.report.record.MeasuredShape;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import java.util.List;
import java.util.Optional;

/**
 * What was chosen for a class, beside its runner-up, at one shape of the class.
 *
 * @param best what was chosen
 * @param next what came next
 */
record Duel(Result best, Result next) {
    /** Those of a class, at each shape where both were measured. */
    static List<Duel> of(SweepResults sweep, Chosen pick) {
        return pick.next().stream()
                .flatMap(next -> sweep.shapesOf(pick).stream()
                        .flatMap(shape -> find(sweep, shape, pick.variant()).stream()
                                .flatMap(best -> find(sweep, shape, next.variant()).stream()
                                        .map(second -> new Duel(best, second)))))
                .toList();
    }

    /** The class and the shape. */
    String name() {
        return best.shape().shapeClass().name() + " " + best.shape().extents();
    }

    /** Whether the difference is more than noise. */
    String verdict() {
        if (!best.isSure() || !next.isSure()) {
            return "too few rounds";
        }
        final String noise = best.noisy() || next.noisy() ? ", noisy" : "";
        return (best.isApartFrom(next) ? "apart" : "overlap") + noise;
    }

    private static Optional<Result> find(SweepResults sweep, MeasuredShape shape, Variant variant) {
        return sweep.variantsAt(shape).stream()
                .filter(result -> result.variant().equals(variant))
                .findFirst();
    }
}
