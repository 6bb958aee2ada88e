package dev.tilesmith.sweep;

import dev.tilesmith.spec.SweptShape;
import dev.tilesmith.sweep.Main.KnobChoice;
import dev.tilesmith.sweep.measure.Pace;
import dev.tilesmith.sweep.plan.KnobGrid;
import dev.tilesmith.tune.Knob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a command line asks for.
 *
 * @param names of declarations; empty for those that ask for a sweep
 * @param index which ask for one
 * @param shapes to multiply; empty for those that declarations name
 * @param budget for all declarations together
 * @param pace how long turns are
 * @param threads on how many threads
 * @param knobs to try; empty for the usual ones
 * @param folder where results go
 * @param profile to add to, where it is not that of this machine in the folder
 * @param until how far to go
 */
record Request(
        List<String> names,
        SweepIndex index,
        List<SweptShape> shapes,
        Duration budget,
        Pace pace,
        int threads,
        List<KnobChoice> knobs,
        Path folder,
        Optional<Path> profile,
        Until until) {
    /** How far to go. */
    enum Until {
        /** To what would be measured. */
        LISTED,
        /** To the files. */
        WRITTEN,
        /** To what the table chooses by them. */
        VERIFIED
    }

    /** Copies the lists, and checks the number. */
    Request {
        names = List.copyOf(names);
        shapes = List.copyOf(shapes);
        knobs = List.copyOf(knobs);
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + "; expected 1 or more");
        }
    }

    /**
     * The declarations that are meant.
     *
     * @throws IllegalArgumentException if there are none
     */
    List<String> declarations() {
        final List<String> meant = names.isEmpty() ? index.names() : names;
        if (meant.isEmpty()) {
            throw new IllegalArgumentException(
                    "declaration: none named, and none with @Sweep on the class path; expected the binary name of an"
                            + " interface with @MatMul, for example example.Linear");
        }
        return meant;
    }

    /** The knobs that are meant. */
    List<Knob> triedKnobs() {
        return knobs.isEmpty()
                ? KnobGrid.usual(threads)
                : knobs.stream().flatMap(choice -> choice.knob().stream()).toList();
    }
}
