package dev.tilesmith.processor;

import dev.tilesmith.processor.check.Message;
import java.util.List;

/**
 * A compilation that gives one message of the processor.
 *
 * @param message the message
 * @param text its whole text
 * @param body the source of {@code example.Linear}, with a marker where the message is to point
 * @param options what javac is given
 */
record MessageCase(Message message, String text, String body, List<String> options) {
    /** One with all that targets want. */
    MessageCase(Message message, String text, String body) {
        this(message, text, body, List.of("--add-modules=jdk.incubator.vector"));
    }

    /** The same of a convolution. */
    MessageCase ofConvolution() {
        return new MessageCase(
                message,
                text.replace("MatMul", "Conv2d"),
                body.replace("@MatMul", "@dev.tilesmith.spec.Conv2d")
                        .replace("MatMulKernel", "dev.tilesmith.runtime.Conv2dKernel"),
                options);
    }

    @Override
    public String toString() {
        return message + ": " + text;
    }
}
