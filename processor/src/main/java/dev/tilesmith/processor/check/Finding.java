package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Location;

/**
 * One fault of a declaration.
 *
 * @param message which
 * @param location the value at fault
 * @param text the message with its arguments
 */
public record Finding(Message message, Location location, String text) {
    /** A finding with the arguments of its message. */
    public static Finding of(Message message, Location location, Object... arguments) {
        return new Finding(message, location, message.text(arguments));
    }
}
