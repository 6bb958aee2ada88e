package dev.tilesmith.tune;

import dev.tilesmith.spec.Target;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The value of every knob for a target.
 *
 * @param values of all knobs; unmodifiable
 */
public record Tuning(Map<Knob, Long> values) {
    /** Copies the values. */
    public Tuning {
        final EnumMap<Knob, Long> copy = new EnumMap<>(Knob.class);
        copy.putAll(values);
        for (final Knob knob : Knob.values()) {
            final Long value = copy.get(knob);
            if (value == null) {
                throw new IllegalArgumentException("values: none for " + knob.code());
            }
            knob.check(value);
        }
        values = Collections.unmodifiableMap(copy);
    }

    /** What a target's code is tuned by where nothing else is known. */
    public static Tuning of(Target target) {
        return new Tuning(DefaultTunings.of(target));
    }

    /** The value of a knob, in its unit. */
    public long get(Knob knob) {
        return values.get(knob);
    }

    /**
     * Rows from which on tile registers multiply weights in blocks: as many tiles as panels are decoded for, the last of which
     * need not be whole.
     *
     * @param tile rows of one
     */
    public long rowsToDecode(int tile) {
        return (get(Knob.TILES_TO_DECODE) - 1) * tile + get(Knob.ROWS_FOR_BLOCK_TILES);
    }

    /**
     * The same with another value of one knob.
     *
     * @throws IllegalArgumentException if the value is out of its range
     */
    public Tuning with(Knob knob, long value) {
        final EnumMap<Knob, Long> changed = new EnumMap<>(values);
        changed.put(knob, value);
        return new Tuning(changed);
    }
}
