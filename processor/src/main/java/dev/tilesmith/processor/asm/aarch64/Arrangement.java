package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** How many elements of what size an Advanced SIMD register is taken for. */
public enum Arrangement {
    B8("8b"),
    B16("16b"),
    H4("4h"),
    H8("8h"),
    S2("2s"),
    S4("4s"),
    D1("1d"),
    D2("2d"),
    /** Groups of four bytes, as dot products by element name them. */
    B4("4b"),
    /** Pairs of two-byte values. */
    H2("2h"),
    /** One of its bytes: only with {@link V#lane}. */
    B,
    /** One of its 2-byte elements. */
    H,
    /** One of its 4-byte elements. */
    S,
    /** One of its 8-byte elements. */
    D;

    private final String text;

    Arrangement() {
        this.text = name().toLowerCase(Locale.ROOT);
    }

    Arrangement(String text) {
        this.text = text;
    }

    /** As it follows the register's name. */
    public String text() {
        return text;
    }
}
