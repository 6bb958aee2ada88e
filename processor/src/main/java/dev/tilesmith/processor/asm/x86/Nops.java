package dev.tilesmith.processor.asm.x86;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
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
    static final int LONGEST = 9;

    private Nops() {}

    /** {@code size} bytes of as few instructions as can be, the longest first. */
    static byte[] of(int size) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        for (int left = size; left > 0; ) {
            final int next = Math.min(left, LONGEST);
            out.writeBytes(HexFormat.of().parseHex(BY_SIZE.get(next - 1)));
            left -= next;
        }
        return out.toByteArray();
    }
}
