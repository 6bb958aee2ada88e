package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** An operand that is there to be named. */
public enum Word implements Operand {
    /** Clean to the point of unification, or invalidate, by address. */
    CVAU,
    /** Invalidate by address to the point of unification. */
    IVAU,
    /** The inner shareable domain. */
    ISH,
    /** Targets of calls. */
    C,
    /** Streaming mode. */
    SM,
    /** The array ZA. */
    ZA,
    /** The lookup table of SME2. */
    ZT0,
    /** The lookup table of SME2, as it is zeroed. */
    ZT0_ALONE("{zt0}"),
    /** Elements of two vectors. */
    VLX2,
    /** Elements of four vectors. */
    VLX4;

    private final String text;

    Word() {
        this.text = name().toLowerCase(Locale.ROOT);
    }

    Word(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
