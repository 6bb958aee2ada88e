package dev.tilesmith.sweep.report.record;

import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Knob;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was measured of one variant at one shape.
 *
 * @param number its place in the file, from 0 on
 * @param shape the shape
 * @param variant the variant
 * @param knobs those whose value is other than the target's own
 * @param rounds how often it had its turn; 0 where it was so slow while it was warmed up that it was left at that
 * @param medianNanos of one product
 * @param lowNanos the lower end of the median's confidence interval
 * @param highNanos its upper end
 * @param gops operations in a nanosecond, in the median
 * @param noisy whether the machine did not hold still
 */
public record Result(
        int number,
        MeasuredShape shape,
        Variant variant,
        Map<Knob, Long> knobs,
        int rounds,
        double medianNanos,
        double lowNanos,
        double highNanos,
        double gops,
        boolean noisy) {
    /** Of fewer rounds no interval is sure. */
    private static final int LEAST_ROUNDS = 6;

    /** Copies the knobs. */
    public Result {
        final EnumMap<Knob, Long> copy = new EnumMap<>(Knob.class);
        copy.putAll(knobs);
        knobs = Collections.unmodifiableMap(copy);
    }

    /** The least speed that the interval leaves. */
    public double lowGops() {
        return gops * medianNanos / highNanos;
    }

    /** The highest speed that the interval leaves. */
    public double highGops() {
        return gops * medianNanos / lowNanos;
    }

    /** Whether the interval is one: of a few rounds it is only the range. */
    public boolean isSure() {
        return rounds >= LEAST_ROUNDS;
    }

    /** Whether the interval has no speed in common with another's. */
    public boolean isApartFrom(Result other) {
        return lowGops() > other.highGops() || highGops() < other.lowGops();
    }
}
