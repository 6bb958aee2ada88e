package dev.tilesmith.processor.asm.x86;

import java.util.Optional;

/** The bytes of one instruction, and the distance still missing in them, if any. */
final class Encoded {
    private final byte[] bytes;
    private final Optional<Fixup> fixup;

    Encoded(byte[] bytes, Optional<Fixup> fixup) {
        this.bytes = bytes.clone();
        this.fixup = fixup;
    }

    int size() {
        return bytes.length;
    }

    Optional<Fixup> fixup() {
        return fixup;
    }

    /** The bytes where the distance from the end of the instruction to the fixup's target is {@code distance}. */
    byte[] resolved(int distance) {
        final byte[] resolved = bytes.clone();
        fixup.ifPresent(field -> {
            for (int i = 0; i < field.bytes(); i++) {
                resolved[field.offset() + i] = (byte) ((distance + field.addend()) >> (8 * i));
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
