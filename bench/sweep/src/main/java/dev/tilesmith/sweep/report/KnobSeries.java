package dev.tilesmith.sweep.report;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.sweep.report.record.MeasuredShape;
import dev.tilesmith.sweep.report.record.Result;
import dev.tilesmith.sweep.report.record.SweepResults;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a variant did at a shape with several values of one knob, and all others as they are.
 *
 * @param shape the shape
 * @param variant the variant
 * @param knob the knob
 * @param others knobs that have other values than the target's own too
 * @param results by the knob's value, the least first; two or more
 */
record KnobSeries(
        MeasuredShape shape, Variant variant, Knob knob, Map<Knob, Long> others, SequencedMap<Long, Result> results) {
    private record Key(MeasuredShape shape, Variant variant, Knob knob, Map<Knob, Long> others) {}

    /** All of a sweep, in the order of the file. */
    static List<KnobSeries> of(SweepResults sweep) {
        final List<Result> settled = sweep.settled();
        final Map<Key, KnobSeries> found = new LinkedHashMap<>();
        for (final Result result : settled) {
            for (final Knob knob : result.knobs().keySet()) {
                found.computeIfAbsent(key(result, knob), key -> series(key, settled));
            }
        }
        return found.values().stream()
                .filter(series -> series.results.size() > 1)
                .toList();
    }

    /** The value that the target has by itself. */
    long own() {
        return Tuning.of(variant.target()).get(knob);
    }

    private static Key key(Result result, Knob knob) {
        final Map<Knob, Long> others = new EnumMap<>(Knob.class);
        others.putAll(result.knobs());
        others.remove(knob);
        return new Key(result.shape(), result.variant(), knob, others);
    }

    private static KnobSeries series(Key key, List<Result> settled) {
        final SequencedMap<Long, Result> values = new TreeMap<>();
        final long own = Tuning.of(key.variant().target()).get(key.knob());
        settled.stream()
                .filter(result -> key(result, key.knob()).equals(key))
                .forEach(result -> values.put(result.knobs().getOrDefault(key.knob(), own), result));
        return new KnobSeries(key.shape(), key.variant(), key.knob(), key.others(), values);
    }
}
