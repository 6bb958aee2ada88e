package dev.tilesmith.processor.asm;

import java.util.List;
import java.util.stream.Collectors;

/** Assembled code, which may lie at any address that is a multiple of {@link #alignment()}. */
public final class MachineCode {
    private final Syntax syntax;
    private final byte[] bytes;
    private final int alignment;
    private final List<Line> lines;
    private final CpuNeeds needs;

    MachineCode(Syntax syntax, byte[] bytes, int alignment, List<Line> lines, CpuNeeds needs) {
        this.syntax = syntax;
        this.bytes = bytes.clone();
        this.alignment = alignment;
        this.lines = List.copyOf(lines);
        this.needs = needs;
    }

    /**
     * A line of the listing: an instruction, a label, part of a constant, filling, or a remark.
     *
     * @param offset bytes from the start of the code
     * @param hex the bytes it stands for, in the order of memory, or empty
     * @param text as assemblers read it, or empty
     * @param comment or empty
     */
    public record Line(int offset, String hex, String text, String comment) {}

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

    /** What a CPU must have to run its instructions, whichever of them it comes to. */
    public CpuNeeds needs() {
        return needs;
    }

    /** The lines of the listing. */
    public List<Line> lines() {
        return lines;
    }

    /** The listing as text, each line ended. */
    public String listing() {
        return lines.stream().map(line -> listed(line) + "\n").collect(Collectors.joining());
    }

    private String listed(Line line) {
        final String place = line.hex().isEmpty() && line.text().isEmpty() ? "" : "%06x".formatted(line.offset());
        final boolean indented = !line.text().isEmpty() && !line.text().endsWith(":");
        final String text = (indented ? "    " : "") + line.text();
        final String gap = line.text().isEmpty() ? "" : "  ";
        final String comment = line.comment().isEmpty() ? "" : gap + syntax.comment() + " " + line.comment();
        return ("%-6s  %-" + syntax.hexColumns() + "s %s%s")
                .formatted(place, line.hex(), text, comment)
                .stripTrailing();
    }

    /** A source from which the architecture's assemblers make the same bytes. */
    public String source() {
        return syntax.header()
                + lines.stream().map(line -> sourced(line) + "\n").collect(Collectors.joining());
    }

    private String sourced(Line line) {
        return line.text() + (line.comment().isEmpty() ? "" : " " + syntax.comment() + " " + line.comment());
    }
}
