package dev.tilesmith.processor.asm.x86;

import dev.tilesmith.processor.asm.Encoding;
import java.util.Optional;

/** The bytes of one instruction, and the distance still missing in them, if any. */
final class Encoded implements Encoding {
    private final byte[] bytes;
    private final Optional<Fixup> fixup;

    Encoded(byte[] bytes, Optional<Fixup> fixup) {
        this.bytes = bytes.clone();
        this.fixup = fixup;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public Optional<Label> target() {
        return fixup.map(Fixup::target);
    }

    /** A field of four bytes reaches all that an assembler lays out. */
    @Override
    public boolean reaches(int distance) {
        final int fromEnd = distance - size();
        return fixup.filter(field -> field.bytes() == 1).isEmpty() || fromEnd == (byte) fromEnd;
    }

    @Override
    public byte[] bytes(int distance) {
        final byte[] resolved = bytes.clone();
        fixup.ifPresent(field -> {
            final int fromEnd = distance - size() + field.addend();
            for (int i = 0; i < field.bytes(); i++) {
                resolved[field.offset() + i] = (byte) (fromEnd >> (8 * i));
            }
        });
        return resolved;
    }

    /** The bytes of an instruction that needs no label. */
    byte[] bytes() {
        if (fixup.isPresent()) {
            throw new IllegalStateException(
                    "instruction waits for the place of label " + fixup.get().target());
        }
        return bytes.clone();
    }
}
