package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.Syntax;
import java.util.List;

/** Instructions of several bytes that do nothing: SDM 2B, NOP, table 4-12. */
final class Nops {
    private static final List<String> BY_SIZE = List.of(
            "90",
            "6690",
            "0f1f00",
            "0f1f4000",
            "0f1f440000",
            "660f1f440000",
            "0f1f8000000000",
            "0f1f840000000000",
            "660f1f840000000000");

    /** Bytes of the longest. */
    private static final int LONGEST = 9;

    private Nops() {}

    /** {@code size} bytes of as few instructions as can be, the longest first, which GNU as has one directive for. */
    static List<Syntax.Nop> of(int size) {
        final StringBuilder hex = new StringBuilder();
        for (int left = size; left > 0; left -= Math.min(left, LONGEST)) {
            hex.append(BY_SIZE.get(Math.min(left, LONGEST) - 1));
        }
        return List.of(new Syntax.Nop(hex.toString(), ".nops " + size + ", " + LONGEST));
    }
}
