package dev.tilesmith.processor;

import dev.tilesmith.processor.check.Message;

/**
 * A compilation that gives one message of the processor.
 *
 * @param message the message
 * @param text its whole text
 * @param body the source of {@code example.Linear}, with a marker where the message is to point
 */
record MessageCase(Message message, String text, String body) {
    @Override
    public String toString() {
        return message + ": " + text;
    }
}
