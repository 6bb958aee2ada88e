package dev.tilesmith.processor.asm;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Assembled code, which may lie at any address that is a multiple of {@link #alignment()}. */
public final class MachineCode {
    private static final int OFFSET_DIGITS = 6;

    private final byte[] bytes;
    private final int alignment;
    private final List<Item> items;
    private final Listing listing;

    MachineCode(byte[] bytes, int alignment, List<Item> items, Listing listing) {
        this.bytes = bytes.clone();
        this.alignment = alignment;
        this.items = items;
        this.listing = listing;
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

    /** What a CPU must have to run its instructions, whichever of them it comes to. */
    public CpuNeeds needs() {
        return items.stream()
                .flatMap(item -> item instanceof Item.Code(Encodable instruction)
                        ? Stream.of(instruction.needs())
                        : Stream.empty())
                .distinct()
                .reduce(CpuNeeds.NONE, CpuNeeds::and);
    }

    /** The lines of the listing. */
    public List<Line> lines() {
        return listing.lines();
    }

    /** The listing as text, each line ended. */
    public String listing() {
        return listed(listing.lines());
    }

    /**
     * A shorter listing, as text: of code that is like other code, which the assembler was told by
     * {@link Collector#nolist}, it has a line that says where it begins and how long it is.
     */
    public String shortListing() {
        return listed(listing.shortLines());
    }

    private String listed(List<Line> lines) {
        final StringBuilder text = new StringBuilder();
        for (final Line line : lines) {
            list(text, line);
            text.append('\n');
        }
        return text.toString();
    }

    private void list(StringBuilder text, Line line) {
        final Syntax syntax = listing.syntax();
        if (!line.hex().isEmpty() || !line.text().isEmpty()) {
            pad(text, OFFSET_DIGITS - Integer.toHexString(line.offset()).length(), '0');
            text.append(Integer.toHexString(line.offset()));
        } else {
            pad(text, OFFSET_DIGITS, ' ');
        }
        pad(
                text.append("  ").append(line.hex()),
                syntax.hexColumns() - line.hex().length(),
                ' ');
        pad(text, line.text().isEmpty() || line.text().endsWith(":") ? 1 : 3, ' ');
        text.append(line.text());
        if (!line.comment().isEmpty()) {
            pad(text, line.text().isEmpty() ? 0 : 2, ' ');
            text.append(syntax.comment()).append(' ').append(line.comment());
        }
    }

    private static void pad(StringBuilder text, int count, char with) {
        for (int i = 0; i < count; i++) {
            text.append(with);
        }
    }

    /** A source from which the architecture's assemblers make the same bytes. */
    public String source() {
        return listing.syntax().header()
                + lines().stream().map(line -> sourced(line) + "\n").collect(Collectors.joining());
    }

    private String sourced(Line line) {
        return line.text()
                + (line.comment().isEmpty() ? "" : " " + listing.syntax().comment() + " " + line.comment());
    }
}
