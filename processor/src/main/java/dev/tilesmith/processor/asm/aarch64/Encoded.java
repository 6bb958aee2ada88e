package dev.tilesmith.processor.asm.aarch64;

import dev.tilesmith.processor.asm.Encoding;
import java.util.Optional;

/**
 * The bits of one instruction, but for the distance to a label.
 *
 * @param bits all others
 * @param fixup how the distance is said, if there is one
 */
record Encoded(int bits, Optional<Fixup> fixup) implements Encoding {
    /** Of every instruction. */
    static final int BYTES = 4;

    @Override
    public int size() {
        return BYTES;
    }

    @Override
    public Optional<Label> target() {
        return fixup.map(Fixup::target);
    }

    @Override
    public boolean reaches(int distance) {
        return fixup.isEmpty() || fixup.get().distance().contains(distance);
    }

    /** The lowest first. */
    @Override
    public byte[] bytes(int distance) {
        final int whole = bits | fixup.map(field -> field.bits(distance)).orElse(0);
        return new byte[] {(byte) whole, (byte) (whole >> 8), (byte) (whole >> 16), (byte) (whole >> 24)};
    }
}
