package dev.tilesmith.conformance;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that an {@link EmulatedRun} prints.
 *
 * @param topic what it is about
 * @param text what it says
 */
record Said(Topic topic, String text) {
    private static final Pattern LINE = Pattern.compile("<([A-Z]+)> (.*)");

    /** What a line is about. */
    enum Topic {
        /** What the CPU calls itself. */
        CPU,
        /** The features that were found. */
        FEATURES,
        /** A line of {@code explain()}. */
        EXPLAINED,
        /** Why a variant cannot be had there. */
        REFUSED,
        /** Who serves a table: the tallest tile of the family that was chosen. */
        SERVED,
        /** A kernel that has a property. */
        HELD,
        /** One that has not, and why. */
        FAILED,
        /** The last line. */
        END
    }

    /** The line; nothing if it is of something else. */
    static Optional<Said> parse(String line) {
        final Matcher match = LINE.matcher(line);
        return match.matches()
                ? Optional.of(new Said(Topic.valueOf(match.group(1)), match.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "<" + topic + "> " + text;
    }
}
