package dev.tilesmith.processor.asm;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The lines of code that was laid out, made when they are asked for: most of them nobody reads. */
final class Listing {
    private static final int DATA_PER_LINE = 16;

    private final Syntax syntax;
    private final List<Item> items;
    private final int[] offsets;
    private final byte[] bytes;

    /**
     * Of items and where they lie.
     *
     * @param offsets of each item
     * @param bytes of them all
     */
    Listing(Syntax syntax, List<Item> items, int[] offsets, byte[] bytes) {
        this.syntax = syntax;
        this.items = items;
        this.offsets = offsets.clone();
        this.bytes = bytes;
    }

    Syntax syntax() {
        return syntax;
    }

    /** A line for all there is. */
    List<Line> lines() {
        final List<Line> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            add(lines, i);
        }
        return lines;
    }

    /** What is to be listed in brief has one line each: its first label, and how many bytes there are. */
    List<Line> shortLines() {
        final List<Line> lines = new ArrayList<>();
        int i = 0;
        while (i < items.size()) {
            if (items.get(i) == Item.Listed.IN_BRIEF) {
                final int end = endOfBrief(i);
                addBrief(lines, i, end);
                i = end;
            } else {
                add(lines, i++);
            }
        }
        return lines;
    }

    /** The next item that says how to list. */
    private int endOfBrief(int from) {
        int end = from + 1;
        while (end < items.size() && !(items.get(end) instanceof Item.Listed)) {
            end++;
        }
        return end;
    }

    private void addBrief(List<Line> lines, int from, int end) {
        for (int i = from; i < end; i++) {
            if (items.get(i) instanceof Item.Bind(Place place)) {
                lines.add(new Line(offsets[i], "", place.text() + ":", end(end - 1) - offsets[i] + " bytes"));
                return;
            }
        }
    }

    private void add(List<Line> lines, int i) {
        switch (items.get(i)) {
            case Item.Code(Encodable instruction) ->
                lines.add(line(offsets[i], end(i), instruction.text(), instruction.comment()));
            case Item.Bind(Place place) -> lines.add(line(offsets[i], offsets[i], place.text() + ":", ""));
            case Item.Remark(String text) -> lines.add(line(offsets[i], offsets[i], "", text));
            case Item.Align align -> addPadding(lines, i, align);
            case Item.Data _ -> addData(lines, i);
            case Item.Table table -> addTable(lines, i, table);
            case Item.Listed _ -> {} // It is no line itself.
        }
    }

    /** Where an item ends. */
    private int end(int i) {
        return i + 1 < offsets.length ? offsets[i + 1] : bytes.length;
    }

    private void addPadding(List<Line> lines, int i, Item.Align align) {
        final int size = end(i) - offsets[i];
        if (size > 0 && align.nops()) {
            int offset = offsets[i];
            for (final Syntax.Nop nop : syntax.nops().of(size)) {
                lines.add(new Line(offset, nop.hex(), nop.text(), ""));
                offset += nop.hex().length() / 2;
            }
        } else if (size > 0) {
            lines.add(line(offsets[i], end(i), ".zero " + size, ""));
        }
    }

    private void addData(List<Line> lines, int i) {
        for (int from = offsets[i]; from < end(i); from += DATA_PER_LINE) {
            final int end = Math.min(from + DATA_PER_LINE, end(i));
            final List<String> values = new ArrayList<>();
            for (int at = from; at < end; at++) {
                values.add(Integer.toString(bytes[at] & 0xFF));
            }
            lines.add(line(from, end, ".byte " + String.join(", ", values), ""));
        }
    }

    private void addTable(List<Line> lines, int i, Item.Table table) {
        int offset = offsets[i];
        for (final Place target : table.targets()) {
            lines.add(line(
                    offset,
                    offset + Integer.BYTES,
                    ".long " + target.text() + "-" + table.self().text(),
                    ""));
            offset += Integer.BYTES;
        }
    }

    private Line line(int from, int end, String text, String comment) {
        return new Line(from, HexFormat.of().formatHex(bytes, from, end), text, comment);
    }
}
