package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** A condition on the flags, in the order of its encoding. */
public enum Condition implements Operand {
    EQ,
    NE,
    HS,
    LO,
    MI,
    PL,
    VS,
    VC,
    HI,
    LS,
    GE,
    LT,
    GT,
    LE;

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
