package dev.tilesmith.tune;

import dev.tilesmith.word.Vocabulary;
import java.util.List;
import java.util.Locale;

/** What a line of a profile tells, in the order of lines. */
enum Fact {
    /** The model of CPU. */
    CPU,
    /** How the CPU identifies itself. */
    SIGNATURE,
    /** What the CPU has. */
    FEATURES,
    /** The CPU's caches. */
    CACHES,
    /** The release of the JDK. */
    JDK,
    /** How all that follows is known. */
    SOURCE,
    /** A knob's value. */
    TUNE,
    /** What is best for a class of shapes. */
    PICK;

    private static final Vocabulary<Fact> WORDS = new Vocabulary<>("line", List.of(values()), Fact::word);

    /** The first word of its lines. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one of a first word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Fact of(String word) {
        return WORDS.meaning(word);
    }
}
