package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** The size of an element of a vector. */
public enum ElementSize {
    /** 8 bits. */
    B,
    /** 16 bits. */
    H,
    /** 32 bits. */
    S,
    /** 64 bits. */
    D,
    /** 128 bits. */
    Q;

    /** Number of bits. */
    public int bits() {
        return 8 << ordinal();
    }

    /** The letter, lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
