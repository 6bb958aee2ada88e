package dev.tilesmith.sweep.plan;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.tune.Knob;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a sweep is asked for.
 *
 * @param shapes to multiply
 * @param knobs to try
 * @param threads on how many threads
 * @param pace how long turns are
 * @param budget how long all may take
 */
public record Plan(List<SweptShape> shapes, List<Knob> knobs, int threads, Pace pace, Duration budget) {
    /** Copies the lists, and checks the numbers. */
    public Plan {
        shapes = List.copyOf(shapes);
        knobs = List.copyOf(knobs);
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("shapes: none; expected one or more");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; expected 1 or more");
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("budget: " + budget + "; expected some time");
        }
    }

    /** What makes two sweeps one: an interrupted one is gone on with where this is the same. The budget may be another. */
    public String settings() {
        return "shapes " + words(shapes) + "; knobs "
                + words(knobs.stream().map(Knob::code).toList()) + "; threads " + threads + "; batches of "
                + pace.batchNanos() + " ns";
    }

    private static String words(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
