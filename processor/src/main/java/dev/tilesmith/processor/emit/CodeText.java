package dev.tilesmith.processor.emit;

import dev.tilesmith.processor.asm.MachineCode;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;

/**
 * What a generated class says of machine code: all that is left of it when it has been assembled.
 *
 * @param size bytes of the code
 * @param listing as many lines as were asked for, each ended
 * @param parts the code, deflated and in Base64, cut to what one constant of a class file takes
 */
public record CodeText(int size, String listing, List<String> parts) {
    /** Characters of one constant: a class file takes 65,535. */
    private static final int PART = 60_000;

    /** Of {@code code}, listed with as much detail. */
    public static CodeText of(MachineCode code, Detail detail) {
        final String listing =
                switch (detail) {
                    case FULL -> code.listing();
                    case SHORT -> code.shortListing();
                };
        return new CodeText(code.size(), listing, parts(Base64.getEncoder().encodeToString(deflated(code))));
    }

    private static byte[] deflated(MachineCode code) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(code.bytes());
            deflater.finish();
            final ByteArrayOutputStream out = new ByteArrayOutputStream(code.size());
            final byte[] buffer = new byte[1 << 14];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    private static List<String> parts(String text) {
        final List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); from += PART) {
            parts.add(text.substring(from, Math.min(text.length(), from + PART)));
        }
        return List.copyOf(parts);
    }
}
