package dev.tilesmith.processor.asm.aarch64;

import java.util.List;
import java.util.stream.Collectors;

/** Assembled code, which may lie at any address that is a multiple of {@link #alignment()}. */
public final class MachineCode {
    private final byte[] bytes;
    private final int alignment;
    private final List<Line> lines;

    MachineCode(byte[] bytes, int alignment, List<Line> lines) {
        this.bytes = bytes.clone();
        this.alignment = alignment;
        this.lines = List.copyOf(lines);
    }

    /**
     * A line of the listing: an instruction, a label, part of a constant, filling, or a remark.
     *
     * @param offset bytes from the start of the code
     * @param hex the bytes it stands for, in the order of memory, or empty
     * @param text as assemblers read it, or empty
     * @param comment or empty
     */
    public record Line(int offset, String hex, String text, String comment) {
        @Override
        public String toString() {
            final String place = hex.isEmpty() && text.isEmpty() ? "" : "%06x".formatted(offset);
            final String indented = text.endsWith(":") || text.isEmpty() ? text : "    " + text;
            return "%-6s  %-8s %s%s"
                    .formatted(
                            place, hex, indented, comment.isEmpty() ? "" : (text.isEmpty() ? "// " : "  // ") + comment)
                    .stripTrailing();
        }
    }

    /** The bytes, constants included; the code begins at the first. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** The multiple of bytes that the code's address must be, at most 64. */
    public int alignment() {
        return alignment;
    }

    /** The listing. */
    public List<Line> lines() {
        return lines;
    }

    /** The listing as text, each line ended. */
    public String listing() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** A source from which GNU as and LLVM make the same bytes. */
    public String source() {
        return lines.stream()
                .map(line -> line.text() + (line.comment().isEmpty() ? "" : " // " + line.comment()) + "\n")
                .collect(Collectors.joining());
    }
}
