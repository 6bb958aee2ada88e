package dev.tilesmith.sample.onnx;

import java.io.Serial;

/** A file that is not ONNX, or an ONNX graph of another shape than the one that is read; the message names the node. */
public final class OnnxFormatException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    OnnxFormatException(String message) {
        super(message);
    }

    OnnxFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
