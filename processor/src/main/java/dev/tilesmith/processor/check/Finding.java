package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Location;
import javax.tools.Diagnostic;

/**
 * One remark on a declaration.
 *
 * @param message which
 * @param location what it is about
 * @param text the message with its arguments
 */
public record Finding(Message message, Location location, String text) {
    /** A finding with the arguments of its message. */
    public static Finding of(Message message, Location location, Object... arguments) {
        return new Finding(message, location, message.text(arguments));
    }

    /** Whether nothing can be generated as long as it stands. */
    public boolean isError() {
        return message.kind() == Diagnostic.Kind.ERROR;
    }
}
