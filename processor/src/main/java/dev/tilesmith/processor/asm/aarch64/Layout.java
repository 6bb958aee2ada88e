package dev.tilesmith.processor.asm.aarch64;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Gives items their offsets. Every instruction has four bytes, so one pass does. */
final class Layout {
    private static final String NOP = "1f2003d5";

    private final List<Item> items;
    private final int[] offsets;
    private final Map<Label, Integer> places = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<MachineCode.Line> lines = new ArrayList<>();

    Layout(List<Item> items) {
        this.items = List.copyOf(items);
        this.offsets = new int[items.size()];
    }

    MachineCode machineCode() {
        place();
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
            case Item.Code _ -> Instruction.BYTES;
            case Item.Align align -> -offset & (align.bytes() - 1);
            case Item.Data data -> data.bytes().capacity();
            case Item.Table table -> Integer.BYTES * table.targets().size();
            case Item.Bind _, Item.Remark _ -> 0;
        };
    }

    /** From the start of the instruction to the label it names, 0 if it names none. */
    private int distance(int i, Instruction instruction) {
        return instruction
                .fixup()
                .map(fixup -> placeOf(fixup.target()) - offsets[i])
                .orElse(0);
    }

    private int encoded(int i, Instruction instruction) {
        try {
            return instruction.bits(distance(i, instruction));
        } catch (IllegalStateException wrong) {
            throw new IllegalStateException(instruction.text() + ": " + wrong.getMessage(), wrong);
        }
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
                .mapToInt(item -> item instanceof Item.Align align ? align.bytes() : Instruction.BYTES)
                .max()
                .orElse(Instruction.BYTES);
    }

    private void write(int i, Item item) {
        switch (item) {
            case Item.Code(Instruction instruction) ->
                line(bytes(encoded(i, instruction)), instruction.text(), instruction.comment());
            case Item.Bind(Label label) -> line(new byte[0], label.text() + ":", "");
            case Item.Remark(String text) -> line(new byte[0], "", text);
            case Item.Align align -> pad(size(i, offsets[i]), align.nops());
            case Item.Data data -> data(data);
            case Item.Table table -> table(table);
        }
    }

    private void pad(int size, boolean nops) {
        if (nops) {
            for (int i = 0; i < size; i += Instruction.BYTES) {
                line(HexFormat.of().parseHex(NOP), "nop", "");
            }
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
            line(
                    bytes(placeOf(target) - placeOf(table.self())),
                    ".word " + target.text() + "-" + table.self().text(),
                    "");
        }
    }

    /** Little-endian. */
    private static byte[] bytes(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    private void line(byte[] bytes, String text, String comment) {
        lines.add(new MachineCode.Line(out.size(), HexFormat.of().formatHex(bytes), text, comment));
        out.writeBytes(bytes);
    }
}
