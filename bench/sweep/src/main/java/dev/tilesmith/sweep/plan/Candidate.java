package dev.tilesmith.sweep.plan;

import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One way to multiply.
 *
 * @param variant the tallest tile, with the shorter ones of its family
 * @param knobs those whose values are not {@link Tuning#of}; unmodifiable
 */
public record Candidate(Variant variant, Map<Knob, Long> knobs) {
    /** Copies the map. */
    public Candidate {
        final EnumMap<Knob, Long> copy = new EnumMap<>(Knob.class);
        copy.putAll(knobs);
        knobs = Collections.unmodifiableMap(copy);
    }

    /** A variant with its target's default tuning. */
    public Candidate(Variant variant) {
        this(variant, Map.of());
    }

    /** The same with another value of a knob. */
    public Candidate with(Knob knob, long value) {
        final EnumMap<Knob, Long> changed = new EnumMap<>(Knob.class);
        changed.putAll(knobs);
        changed.put(knob, value);
        return new Candidate(variant, changed);
    }

    /** The value of every knob. */
    public Tuning tuning() {
        Tuning tuning = Tuning.of(variant.target());
        for (final Map.Entry<Knob, Long> knob : knobs.entrySet()) {
            tuning = tuning.with(knob.getKey(), knob.getValue());
        }
        return tuning;
    }

    /** What is packed alike: those of another target or another width are another choice for whoever packs. */
    public Packing packing() {
        return new Packing(variant.target(), variant.nr(), variant.kr());
    }

    /**
     * What of a candidate says how weights are packed, and by what they are multiplied.
     *
     * @param target its target
     * @param nr columns of a panel
     * @param kr values along K that lie together
     */
    public record Packing(Target target, int nr, int kr) {}

    @Override
    public String toString() {
        return knobs.isEmpty()
                ? variant.name()
                : variant.name() + " "
                        + knobs.entrySet().stream()
                                .map(knob -> knob.getKey().code() + "=" + knob.getValue())
                                .collect(Collectors.joining(" "));
    }
}
