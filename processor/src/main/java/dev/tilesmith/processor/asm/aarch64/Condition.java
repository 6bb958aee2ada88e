package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** A condition on the flags. */
public enum Condition implements Operand {
    EQ(0),
    NE(1),
    HS(2),
    LO(3),
    MI(4),
    PL(5),
    VS(6),
    VC(7),
    HI(8),
    LS(9),
    GE(10),
    LT(11),
    GT(12),
    LE(13);

    private final int code;

    Condition(int code) {
        this.code = code;
    }

    /** Its encoding; the lowest bit turns it into its contrary. */
    int code() {
        return code;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
