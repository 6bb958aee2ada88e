package dev.tilesmith.processor.asm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives items their offsets. Every instruction starts short, where it has a short form; those that do not reach are made
 * long, until all reach. They only ever grow, so this ends.
 */
final class Layout {
    private static final int DATA_PER_LINE = 16;

    private final Syntax syntax;
    private final List<Item> items;
    private final List<Optional<Encoding>> encodings = new ArrayList<>();
    private final int[] offsets;
    private final Map<Place, Integer> places = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<MachineCode.Line> lines = new ArrayList<>();

    Layout(Syntax syntax, List<Item> items) {
        this.syntax = syntax;
        this.items = List.copyOf(items);
        this.offsets = new int[items.size()];
        for (final Item item : this.items) {
            encodings.add(
                    item instanceof Item.Code(Encodable instruction)
                            ? instruction.shortEncoding().or(() -> Optional.of(instruction.encoding()))
                            : Optional.empty());
        }
    }

    MachineCode machineCode() {
        do {
            place();
        } while (lengthenJumps());
        for (int i = 0; i < items.size(); i++) {
            write(i, items.get(i));
        }
        return new MachineCode(syntax, out.toByteArray(), alignment(), lines, needs());
    }

    private void place() {
        int offset = 0;
        for (int i = 0; i < items.size(); i++) {
            offsets[i] = offset;
            if (items.get(i) instanceof Item.Bind(Place place)) {
                places.put(place, offset);
            }
            offset += size(i, offset);
        }
    }

    private int size(int i, int offset) {
        return switch (items.get(i)) {
            case Item.Code _ -> encodings.get(i).orElseThrow().size();
            case Item.Align align -> -offset & (align.bytes() - 1);
            case Item.Data data -> data.bytes().capacity();
            case Item.Table table -> Integer.BYTES * table.targets().size();
            case Item.Bind _, Item.Remark _ -> 0;
        };
    }

    private boolean lengthenJumps() {
        boolean changed = false;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Code(Encodable instruction)
                    && instruction.shortEncoding().isPresent()
                    && !encodings.get(i).orElseThrow().reaches(distance(i, instruction))) {
                encodings.set(i, Optional.of(instruction.encoding()));
                changed = true;
            }
        }
        return changed;
    }

    /** From the start of the instruction to the place it names, 0 if it names none. */
    private int distance(int i, Encodable instruction) {
        return encodings
                .get(i)
                .orElseThrow()
                .target()
                .map(target -> placeOf(target, instruction) - offsets[i])
                .orElse(0);
    }

    private int placeOf(Place place, Object by) {
        final Integer found = places.get(place);
        if (found == null) {
            throw new IllegalStateException(by + ": label " + place + " has no place; bind it");
        }
        return found;
    }

    private int alignment() {
        return items.stream()
                .mapToInt(item -> item instanceof Item.Align align ? align.bytes() : syntax.instructionMultiple())
                .max()
                .orElse(syntax.instructionMultiple());
    }

    private CpuNeeds needs() {
        return items.stream()
                .flatMap(item -> item instanceof Item.Code(Encodable instruction)
                        ? Stream.of(instruction.needs())
                        : Stream.empty())
                .distinct()
                .reduce(CpuNeeds.NONE, CpuNeeds::and);
    }

    private void write(int i, Item item) {
        switch (item) {
            case Item.Code(Encodable instruction) ->
                line(bytes(i, instruction), instruction.text(), instruction.comment());
            case Item.Bind(Place place) -> line(new byte[0], place.text() + ":", "");
            case Item.Remark(String text) -> line(new byte[0], "", text);
            case Item.Align align -> pad(size(i, offsets[i]), align.nops());
            case Item.Data data -> data(data);
            case Item.Table table -> table(table);
        }
    }

    private byte[] bytes(int i, Encodable instruction) {
        final int distance = distance(i, instruction);
        try {
            return encodings.get(i).orElseThrow().bytes(distance);
        } catch (IllegalStateException tooFar) {
            throw new IllegalStateException(instruction.text() + ": " + tooFar.getMessage(), tooFar);
        }
    }

    private void pad(int size, boolean nops) {
        if (size > 0 && nops) {
            for (final Syntax.Nop nop : syntax.nops().of(size)) {
                line(HexFormat.of().parseHex(nop.hex()), nop.text(), "");
            }
        } else if (size > 0) {
            line(new byte[size], ".zero " + size, "");
        }
    }

    private void data(Item.Data data) {
        for (int from = 0; from < data.bytes().capacity(); from += DATA_PER_LINE) {
            final byte[] bytes = new byte[Math.min(DATA_PER_LINE, data.bytes().capacity() - from)];
            data.bytes().get(from, bytes);
            final List<String> values = new ArrayList<>();
            for (final byte value : bytes) {
                values.add(Integer.toString(value & 0xFF));
            }
            line(bytes, ".byte " + String.join(", ", values), "");
        }
    }

    private void table(Item.Table table) {
        for (final Place target : table.targets()) {
            final int distance = placeOf(target, "table") - placeOf(table.self(), "table");
            final byte[] bytes = {
                (byte) distance, (byte) (distance >> 8), (byte) (distance >> 16), (byte) (distance >> 24)
            };
            line(bytes, ".long " + target.text() + "-" + table.self().text(), "");
        }
    }

    private void line(byte[] bytes, String text, String comment) {
        lines.add(new MachineCode.Line(out.size(), HexFormat.of().formatHex(bytes), text, comment));
        out.writeBytes(bytes);
    }
}
