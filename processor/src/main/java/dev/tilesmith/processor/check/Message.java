package dev.tilesmith.processor.check;

import javax.tools.Diagnostic;

/** A message of the processor. What is said of any operation is a {@link CommonMessage}; operations have messages of their own. */
public interface Message {
    /** The stable code, of this message alone: docs/diagnostics.md explains it. */
    String code();

    /** How javac treats it: a warning would break builds that take warnings for errors, so there is none. */
    Diagnostic.Kind kind();

    /** The text without its code, in which {@code %s} stands for an argument. */
    String format();

    /** The text, code first. */
    default String text(Object... arguments) {
        return "[" + code() + "] " + format().formatted(arguments);
    }
}
