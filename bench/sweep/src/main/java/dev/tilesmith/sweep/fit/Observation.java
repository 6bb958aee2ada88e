package dev.tilesmith.sweep.fit;

import dev.tilesmith.cpu.CacheSizes;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.report.record.Fact;
import dev.tilesmith.sweep.report.record.MeasuredShape;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.tune.CostModel;
import dev.tilesmith.tune.Factors;
import dev.tilesmith.tune.ShapeClass;
import dev.tilesmith.tune.ShapeClass.Reach;
import dev.tilesmith.tune.Work;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a variant took for a product, and what the model is asked about it.
 *
 * @param trial what it was measured at: those of one trial had turns beside each other, and can be compared
 * @param variant the variant
 * @param work the product
 * @param caches of the machine
 * @param nanos what it took, in the median
 * @param low the lower end of the median's confidence interval
 * @param high its upper end
 */
record Observation(Trial trial, Variant variant, Work work, CacheSizes caches, double nanos, double low, double high) {
    /**
     * A shape of a sweep.
     *
     * @param sweep its place among the sweeps, from 0 on
     * @param extents of the shape
     * @param shape the class that it stands for
     */
    record Trial(int sweep, String extents, ShapeClass shape) {}

    /** What the model expects of it, in cycles. */
    double cycles(Factors factors) {
        return new CostModel(factors, caches).cycles(variant, work);
    }

    /**
     * Those of a sweep: of all that had turns enough for an interval, with the target's own knobs.
     *
     * @param sweep its place among the sweeps
     * @throws IllegalArgumentException if the sweep does not say what caches the machine has
     */
    static List<Observation> of(int sweep, SweepResults results) {
        final CacheSizes caches = caches(results.machine());
        return results.settled().stream()
                .filter(Result::isSure)
                .filter(result -> result.knobs().isEmpty())
                .map(result -> of(sweep, result, caches))
                .toList();
    }

    private static Observation of(int sweep, Result result, CacheSizes caches) {
        final MeasuredShape shape = result.shape();
        final Reach reach = shape.cold() ? Reach.MEMORY : shape.shapeClass().reach();
        return new Observation(
                new Trial(sweep, shape.extents(), shape.shapeClass()),
                result.variant(),
                new Work(shape.m(), shape.n(), shape.k(), reach),
                caches,
                result.medianNanos(),
                result.lowNanos(),
                result.highNanos());
    }

    private static CacheSizes caches(List<Fact> machine) {
        final Map<String, String> facts =
                machine.stream().collect(Collectors.toMap(Fact::name, Fact::value, (first, _) -> first));
        return new CacheSizes(
                bytes(facts, "caches.l1d"),
                bytes(facts, "caches.l2"),
                bytes(facts, "caches.l3"),
                bytes(facts, "caches.line"));
    }

    private static int bytes(Map<String, String> facts, String name) {
        final String value = facts.getOrDefault(name, "missing");
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("machine." + name + ": " + value + "; expected a number of bytes", e);
        }
    }
}
