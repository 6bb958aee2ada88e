package dev.tilesmith.processor.operation.batch;

import dev.tilesmith.processor.check.Message;
import javax.tools.Diagnostic;

/** Messages about declarations of products in pairs. */
public enum BatchMatMulMessage implements Message {
    /** An operand that is quantized by what is known beforehand alone. */
    KNOWN_BEFOREHAND(
            "TS601",
            "%s: what %s is quantized by is known beforehand alone, and both operands come with a call; did you mean %s?"
                    + " There are: %s");

    private final String code;
    private final String format;

    BatchMatMulMessage(String code, String format) {
        this.code = code;
        this.format = format;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Diagnostic.Kind kind() {
        return Diagnostic.Kind.ERROR;
    }

    @Override
    public String format() {
        return format;
    }
}
