package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** How many elements of a vector: a predicate constraint of SVE. */
public enum Count implements Operand {
    /** The largest power of two. */
    POW2(0),
    VL1(1),
    VL2(2),
    VL3(3),
    VL4(4),
    VL5(5),
    VL6(6),
    VL7(7),
    VL8(8),
    VL16(9),
    VL32(10),
    VL64(11),
    VL128(12),
    VL256(13),
    /** The largest multiple of four. */
    MUL4(29),
    /** The largest multiple of three. */
    MUL3(30),
    ALL(31);

    private final int code;

    Count(int code) {
        this.code = code;
    }

    /** Its encoding. */
    int code() {
        return code;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
