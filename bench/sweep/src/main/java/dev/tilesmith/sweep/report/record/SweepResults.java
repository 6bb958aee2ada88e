package dev.tilesmith.sweep.report.record;

import dev.tilesmith.sweep.limit.Limits;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep wrote: {@code sweep.json}.
 *
 * @param machine what is known of the machine, in the file's order
 * @param kernel the declaration
 * @param recipe its formats: {@code f32_f32_f32}
 * @param started when the sweep began, as the file has it
 * @param threads on how many threads
 * @param limits what the machine does at best
 * @param shapes what was measured
 * @param results all measurements, in the file's order
 * @param tried knobs that were tried for all shapes of a target at once
 * @param chosen what was best, a class each
 * @param notices what to know of the sweep
 */
public record SweepResults(
        List<Fact> machine,
        String kernel,
        String recipe,
        String started,
        int threads,
        Limits limits,
        List<MeasuredShape> shapes,
        List<Result> results,
        List<TriedKnob> tried,
        List<Chosen> chosen,
        List<String> notices) {
    /** Copies the lists. */
    public SweepResults {
        machine = List.copyOf(machine);
        shapes = List.copyOf(shapes);
        results = List.copyOf(results);
        tried = List.copyOf(tried);
        chosen = List.copyOf(chosen);
        notices = List.copyOf(notices);
    }

    /** The shapes that stand for a pick's class. */
    public List<MeasuredShape> shapesOf(Chosen pick) {
        return shapes.stream()
                .filter(shape -> shape.shapeClass().equals(pick.shape()))
                .toList();
    }

    /** What was chosen for a shape's class. */
    public Optional<Chosen> chosenFor(MeasuredShape shape) {
        return chosen.stream()
                .filter(pick -> pick.shape().equals(shape.shapeClass()))
                .findFirst();
    }

    /** Whether a result is of the variant that was chosen for its class. */
    public boolean isChosen(Result result) {
        return chosenFor(result.shape())
                .filter(pick -> pick.variant().equals(result.variant()))
                .isPresent();
    }

    /** Each variant at each shape with each setting once: what was measured longest, and of that the last. */
    public List<Result> settled() {
        final Map<List<Object>, Result> settled = new LinkedHashMap<>();
        for (final Result result : results) {
            settled.merge(
                    List.of(result.shape(), result.variant(), result.knobs()),
                    result,
                    (before, after) -> after.rounds() >= before.rounds() ? after : before);
        }
        return List.copyOf(settled.values());
    }

    /** Each variant at a shape once, the fastest first: with its target's own setting where that was measured. */
    public List<Result> variantsAt(MeasuredShape shape) {
        final Map<Object, Result> variants = new LinkedHashMap<>();
        for (final Result result : settled()) {
            if (result.shape().equals(shape)) {
                variants.merge(result.variant(), result, SweepResults::plainer);
            }
        }
        return variants.values().stream()
                .sorted(Comparator.comparingDouble(Result::gops).reversed().thenComparingInt(Result::number))
                .toList();
    }

    private static Result plainer(Result one, Result other) {
        if (one.knobs().isEmpty() != other.knobs().isEmpty()) {
            return one.knobs().isEmpty() ? one : other;
        }
        return other.gops() > one.gops() ? other : one;
    }
}
