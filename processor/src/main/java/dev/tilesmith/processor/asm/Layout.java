package dev.tilesmith.processor.asm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives items their offsets. Every instruction starts short, where it has a short form; those that do not reach are made
 * long, until all reach. They only ever grow, so this ends.
 */
final class Layout {
    private final Syntax syntax;
    private final List<Item> items;
    private final List<Optional<Encoding>> encodings = new ArrayList<>();

    /** Instructions that have their short form, by index. */
    private final List<Integer> shortened = new ArrayList<>();

    private final int[] offsets;
    private final Map<Place, Integer> places = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Layout(Syntax syntax, List<Item> items) {
        this.syntax = syntax;
        this.items = List.copyOf(items);
        this.offsets = new int[items.size()];
        for (final Item item : this.items) {
            encodings.add(encoding(encodings.size(), item));
        }
    }

    private Optional<Encoding> encoding(int i, Item item) {
        if (!(item instanceof Item.Code(Encodable instruction))) {
            return Optional.empty();
        }
        final Optional<Encoding> shorter = instruction.shortEncoding();
        if (shorter.isPresent()) {
            shortened.add(i);
            return shorter;
        }
        return Optional.of(instruction.encoding());
    }

    MachineCode machineCode() {
        do {
            place();
        } while (lengthenJumps());
        for (int i = 0; i < items.size(); i++) {
            write(i, items.get(i));
        }
        final byte[] bytes = out.toByteArray();
        return new MachineCode(bytes, alignment(), items, new Listing(syntax, items, offsets, bytes));
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
            case Item.Bind _, Item.Remark _, Item.Listed _ -> 0;
        };
    }

    private boolean lengthenJumps() {
        return shortened.removeIf(i -> {
            final Encodable instruction = ((Item.Code) items.get(i)).instruction();
            final boolean lengthen = !encodings.get(i).orElseThrow().reaches(distance(i, instruction));
            if (lengthen) {
                encodings.set(i, Optional.of(instruction.encoding()));
            }
            return lengthen;
        });
    }

    /** From the start of the instruction to the place it names, 0 if it names none. */
    private int distance(int i, Encodable instruction) {
        final Optional<? extends Place> target = encodings.get(i).orElseThrow().target();
        return target.isPresent() ? placeOf(target.get(), instruction) - offsets[i] : 0;
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

    private void write(int i, Item item) {
        switch (item) {
            case Item.Code(Encodable instruction) -> out.writeBytes(bytes(i, instruction));
            case Item.Align align -> pad(size(i, offsets[i]), align.nops());
            case Item.Data data -> data(data);
            case Item.Table table -> table(table);
            case Item.Bind _, Item.Remark _, Item.Listed _ -> {} // They have no bytes.
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
                out.writeBytes(HexFormat.of().parseHex(nop.hex()));
            }
        } else {
            out.writeBytes(new byte[size]);
        }
    }

    private void data(Item.Data data) {
        final byte[] bytes = new byte[data.bytes().capacity()];
        data.bytes().get(0, bytes);
        out.writeBytes(bytes);
    }

    private void table(Item.Table table) {
        for (final Place target : table.targets()) {
            final int distance = placeOf(target, "table") - placeOf(table.self(), "table");
            out.writeBytes(new byte[] {
                (byte) distance, (byte) (distance >> 8), (byte) (distance >> 16), (byte) (distance >> 24)
            });
        }
    }
}
