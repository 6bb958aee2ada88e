package dev.tilesmith.processor.operation.scaling;

import dev.tilesmith.processor.check.Message;
import javax.tools.Diagnostic;

/** Messages about declarations that scale. */
enum ScalingMessage implements Message {
    /** A kernel that gives nothing but zeros. */
    BY_ZERO("TS501", "by = 0, by which %s would give zeros; drop it");

    private final String code;
    private final String format;

    ScalingMessage(String code, String format) {
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
