package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** The size of an element of a vector. */
public enum ElementSize {
    /** 8 bits. */
    B(8),
    /** 16 bits. */
    H(16),
    /** 32 bits. */
    S(32),
    /** 64 bits. */
    D(64),
    /** 128 bits. */
    Q(128);

    private final int bits;

    ElementSize(int bits) {
        this.bits = bits;
    }

    /** Number of bits. */
    public int bits() {
        return bits;
    }

    /** The letter, lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
