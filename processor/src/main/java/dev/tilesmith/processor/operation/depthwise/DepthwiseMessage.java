package dev.tilesmith.processor.operation.depthwise;

import dev.tilesmith.processor.check.Message;
import javax.tools.Diagnostic;

/** Messages about declarations of depthwise convolutions. */
public enum DepthwiseMessage implements Message {
    /** Formats that no filter of one channel goes over. */
    UNSUPPORTED_FORMATS("TS701", "no depthwise kernel for %s; did you mean %s? There are: %s"),
    /** A target that has no code for filters of one channel. */
    TARGET_WITHOUT_CODE("TS702", "target %s has no code for depthwise convolutions; targets that have: %s");

    private final String code;
    private final String format;

    DepthwiseMessage(String code, String format) {
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
