package dev.tilesmith.processor.asm;

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
        if (name.isEmpty() || !name.chars().allMatch(Place::isOfNames)) {
            throw new IllegalArgumentException(
                    "name of a label is \"" + name + "\"; it must be letters, digits and underscores");
        }
    }

    private static boolean isOfNames(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_';
    }
}
