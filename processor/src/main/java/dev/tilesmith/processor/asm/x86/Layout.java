package dev.tilesmith.processor.asm.x86;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives items their offsets. Every jump starts short; those that do not reach are made long, until all reach. Jumps
 * only ever grow, so this ends.
 */
final class Layout {
    private final List<Item> items;
    private final List<Optional<Encoded>> encodings = new ArrayList<>();
    private final int[] offsets;
    private final Map<Label, Integer> places = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<MachineCode.Line> lines = new ArrayList<>();

    Layout(List<Item> items) {
        this.items = List.copyOf(items);
        this.offsets = new int[items.size()];
        for (final Item item : this.items) {
            encodings.add(
                    item instanceof Item.Code(Instruction instruction)
                            ? instruction.encodeShort().or(() -> Optional.of(instruction.encode()))
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
        return new MachineCode(out.toByteArray(), alignment(), lines);
    }

    private void place() {
        int offset = 0;
        for (int i = 0; i < items.size(); i++) {
            offsets[i] = offset;
            if (items.get(i) instanceof Item.Bind(Label label)) {
                places.put(label, offset);
            }
            offset += size(i, offset);
        }
    }

    private int size(int i, int offset) {
        return switch (items.get(i)) {
            case Item.Code _ -> encodings.get(i).orElseThrow().size();
            case Item.Align align -> -offset & (align.bytes() - 1);
            case Item.Data data -> data.bytes().capacity();
            case Item.Table table -> 4 * table.targets().size();
            case Item.Bind _, Item.Remark _ -> 0;
        };
    }

    private boolean lengthenJumps() {
        boolean changed = false;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Item.Code(Instruction instruction) && isOutOfReach(i)) {
                encodings.set(i, Optional.of(instruction.encode()));
                changed = true;
            }
        }
        return changed;
    }

    private boolean isOutOfReach(int i) {
        final Encoded encoded = encodings.get(i).orElseThrow();
        final int distance = distance(i, encoded);
        return encoded.fixup().filter(fixup -> fixup.bytes() == 1).isPresent() && distance != (byte) distance;
    }

    /** From the end of the instruction to the label it names, 0 if it names none. */
    private int distance(int i, Encoded encoded) {
        return encoded.fixup()
                .map(fixup -> placeOf(fixup.target()) - (offsets[i] + encoded.size()))
                .orElse(0);
    }

    private int placeOf(Label label) {
        final Integer place = places.get(label);
        if (place == null) {
            throw new IllegalStateException("label " + label + " has no place; bind it");
        }
        return place;
    }

    private int alignment() {
        return items.stream()
                .mapToInt(item -> item instanceof Item.Align align ? align.bytes() : 1)
                .max()
                .orElse(1);
    }

    private void write(int i, Item item) {
        switch (item) {
            case Item.Code(Instruction instruction) -> {
                final Encoded encoded = encodings.get(i).orElseThrow();
                line(encoded.resolved(distance(i, encoded)), instruction.text(), instruction.comment());
            }
            case Item.Bind(Label label) -> line(new byte[0], label.text() + ":", "");
            case Item.Remark(String text) -> line(new byte[0], "", text);
            case Item.Align align -> pad(size(i, offsets[i]), align.nops());
            case Item.Data data -> data(data);
            case Item.Table table -> table(table);
        }
    }

    private void pad(int size, boolean nops) {
        if (size > 0 && nops) {
            line(Nops.of(size), ".nops " + size + ", " + Nops.LONGEST, "");
        } else if (size > 0) {
            line(new byte[size], ".zero " + size, "");
        }
    }

    private void data(Item.Data data) {
        final int lineLength = 16;
        for (int from = 0; from < data.bytes().capacity(); from += lineLength) {
            final byte[] bytes = new byte[Math.min(lineLength, data.bytes().capacity() - from)];
            data.bytes().get(from, bytes);
            final List<String> values = new ArrayList<>();
            for (final byte value : bytes) {
                values.add(Integer.toString(value & 0xFF));
            }
            line(bytes, ".byte " + String.join(", ", values), "");
        }
    }

    private void table(Item.Table table) {
        for (final Label target : table.targets()) {
            final int distance = placeOf(target) - placeOf(table.self());
            final byte[] bytes = {
                (byte) distance, (byte) (distance >> 8), (byte) (distance >> 16), (byte) (distance >> 24)
            };
            line(bytes, ".long " + target.text() + "-" + table.self().text(), "");
        }
    }

    private void line(byte[] bytes, String text, String comment) {
        lines.add(new MachineCode.Line(out.size(), java.util.HexFormat.of().formatHex(bytes), text, comment));
        out.writeBytes(bytes);
    }
}
