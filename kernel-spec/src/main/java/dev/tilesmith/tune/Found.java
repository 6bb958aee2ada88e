package dev.tilesmith.tune;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The profiles of this machine that were found, and what was found and is none.
 *
 * @param profiles those that count, the most important first: what it says goes before what later ones say
 * @param refusals the others
 */
public record Found(List<Sourced> profiles, List<Refusal> refusals) {
    /** Copies the lists. */
    public Found {
        profiles = List.copyOf(profiles);
        refusals = List.copyOf(refusals);
    }

    /**
     * A profile, and where it is from.
     *
     * @param origin a file, an address, or that it comes with Tilesmith, for people
     * @param profile the profile
     * @param giver who gave it
     */
    public record Sourced(String origin, TuningProfile profile, Giver giver) {}

    /** Who gave a profile: who is to be told of what is wrong with it. */
    public enum Giver {
        /** Who runs or made the program. */
        USER,

        /** Tilesmith, whose profiles know nothing of the declarations of a program. */
        TILESMITH
    }

    /**
     * What was found and is not used.
     *
     * @param origin a file or an address, for people
     * @param reason why not
     */
    public record Refusal(String origin, String reason) {
        private static final int LONGEST = 2000;

        /** On one line, whatever it is: {@code tuning profile a.profile is not used: line 3: ...}. */
        @Override
        public String toString() {
            return PlainText.of("tuning profile " + origin + " is not used: " + reason, LONGEST);
        }
    }

    /**
     * A pick, and where it is from.
     *
     * @param origin that of its profile
     * @param pick the pick
     */
    public record SourcedPick(String origin, Pick pick) {}

    /** Nothing. */
    public static Found nothing() {
        return new Found(List.of(), List.of());
    }

    /** What was found here, and then what was found elsewhere. */
    public Found then(Found others) {
        return new Found(
                Stream.concat(profiles.stream(), others.profiles.stream()).toList(),
                Stream.concat(refusals.stream(), others.refusals.stream()).toList());
    }

    /** All profiles as one; nothing if there is none. */
    public Optional<TuningProfile> profile() {
        return profiles.reversed().stream().map(Sourced::profile).reduce(TuningProfile::merge);
    }

    /** What is best for a class of shapes, of kernels with these formats, as the first says that says it. */
    public Optional<SourcedPick> pick(Format dst, Format lhs, Format rhs, ShapeClass shape) {
        return profiles.stream()
                .flatMap(from -> from.profile().pick(dst, lhs, rhs, shape).stream()
                        .map(pick -> new SourcedPick(from.origin(), pick)))
                .findFirst();
    }

    /** What a target is tuned by: of each knob, as the first says that says it. */
    public Tuning tuning(Target target) {
        return profile().map(profile -> profile.tuning(target)).orElseGet(() -> Tuning.of(target));
    }
}
