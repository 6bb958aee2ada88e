package dev.tilesmith.tune;

import dev.tilesmith.spec.Target;
import java.util.List;

/**
 * What measured best on one machine.
 *
 * @param machine which
 * @param source how it is known, for people: {@code measured 2026-11-30}, {@code modelled by llvm-mca}
 * @param settings the knobs whose values are other than {@link Tuning#of}
 * @param picks what to choose; of one formats' and class, one
 */
public record TuningProfile(Machine machine, String source, List<Setting> settings, List<Pick> picks) {
    /** Copies the lists. */
    public TuningProfile {
        settings = List.copyOf(settings);
        picks = List.copyOf(picks);
    }

    /**
     * One knob's value for a target.
     *
     * @param target the target
     * @param knob the knob
     * @param value in its unit
     */
    public record Setting(Target target, Knob knob, long value) {}

    /** What a target is tuned by. */
    public Tuning tuning(Target target) {
        Tuning tuning = Tuning.of(target);
        for (final Setting setting : settings) {
            if (setting.target() == target) {
                tuning = tuning.with(setting.knob(), setting.value());
            }
        }
        return tuning;
    }
}
