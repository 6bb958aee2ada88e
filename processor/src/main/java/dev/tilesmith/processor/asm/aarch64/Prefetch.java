package dev.tilesmith.processor.asm.aarch64;

import java.util.Locale;

/** What a prefetch is for: load or store, the level of the cache, and whether the line is used more than once. */
public enum Prefetch implements Operand {
    PLDL1KEEP(0),
    PLDL1STRM(1),
    PLDL2KEEP(2),
    PLDL2STRM(3),
    PLDL3KEEP(4),
    PLDL3STRM(5),
    PSTL1KEEP(16),
    PSTL1STRM(17),
    PSTL2KEEP(18),
    PSTL2STRM(19),
    PSTL3KEEP(20),
    PSTL3STRM(21);

    private final int code;

    Prefetch(int code) {
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
