package dev.tilesmith.tune;

import dev.tilesmith.spec.Target;
import dev.tilesmith.word.Vocabulary;
import java.util.List;

/**
 * One knob's value for a target.
 *
 * @param target the target
 * @param knob the knob
 * @param value in its unit
 */
public record Setting(Target target, Knob knob, long value) {
    private static final Vocabulary<Target> TARGETS =
            new Vocabulary<>("target", List.of(Target.values()), Target::code);

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is out of the knob's range
     */
    public Setting {
        knob.check(value);
    }

    /** What is set, whatever to. */
    record Place(Target target, Knob knob) {
        @Override
        public String toString() {
            return knob.code() + " of " + target.code();
        }
    }

    Place place() {
        return new Place(target, knob);
    }

    /** Its line of a profile: {@code tune avx2 fetch-near 4096 bytes}. */
    String line() {
        return Fact.TUNE.word() + " " + target.code() + " " + knob.code() + " " + value + " " + knob.unit();
    }

    /** The setting of a line, after its first word. */
    static Setting read(LineWords words) {
        final Target target = TARGETS.meaning(words.next("a target"));
        final Knob knob = Knob.named(words.next("a knob"));
        final long value = words.number(knob.code(), knob.least(), knob.most());
        words.expect(knob.unit());
        words.end();
        return new Setting(target, knob, value);
    }
}
