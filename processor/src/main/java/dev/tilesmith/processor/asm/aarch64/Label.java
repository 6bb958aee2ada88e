package dev.tilesmith.processor.asm.aarch64;

import java.util.regex.Pattern;

/**
 * A place in the code or among its constants.
 *
 * @param name letters, digits and underscores, distinct within one assembler
 */
public record Label(String name) implements Operand {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    public Label {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a label is \"" + name + "\"; it must be letters, digits and underscores");
        }
    }

    /** The name with the prefix that makes it local to a file, and no register. */
    @Override
    public String text() {
        return ".L" + name;
    }

    @Override
    public String toString() {
        return text();
    }
}
