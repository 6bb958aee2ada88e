package dev.tilesmith.processor.asm;

import java.util.regex.Pattern;

/** A place in the code or among its constants, known by its name: an architecture's label. */
public interface Place {
    /** Letters, digits and underscores, distinct within one assembler. */
    String name();

    /** The name with the prefix that makes it local to a file, and no register. */
    default String text() {
        return ".L" + name();
    }

    /** Fails unless {@code name} can be a place's. */
    static void requireName(String name) {
        if (!Pattern.matches("[A-Za-z0-9_]+", name)) {
            throw new IllegalArgumentException(
                    "name of a label is \"" + name + "\"; it must be letters, digits and underscores");
        }
    }
}
