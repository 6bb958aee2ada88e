package dev.tilesmith.sweep.course;

import dev.tilesmith.sweep.store.Entry.KnobTried;
import dev.tilesmith.sweep.store.Entry.Measured;
import dev.tilesmith.tune.Pick;
import java.util.List;

/**
 * What a sweep found.
 *
 * @param measured shapes that were measured to the end, in their order
 * @param knobs knobs that were tried, in their order
 * @param picks what is best for each class of shapes
 * @param notices what to know of all that: what was left out, what disturbed it
 */
public record Outcome(List<Measured> measured, List<KnobTried> knobs, List<Pick> picks, List<String> notices) {
    /** Copies the lists. */
    public Outcome {
        measured = List.copyOf(measured);
        knobs = List.copyOf(knobs);
        picks = List.copyOf(picks);
        notices = List.copyOf(notices);
    }
}
