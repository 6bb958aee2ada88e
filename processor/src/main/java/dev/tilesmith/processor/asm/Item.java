package dev.tilesmith.processor.asm;

import java.nio.ByteBuffer;
import java.util.List;

/** What an assembler lays out, one after another. */
sealed interface Item {
    /** An instruction. */
    record Code(Encodable instruction) implements Item {}

    /** The place of a label. */
    record Bind(Place place) implements Item {}

    /** A line of the listing. */
    record Remark(String text) implements Item {}

    /** What a short listing shows of what follows. */
    enum Listed implements Item {
        /** Every line. */
        IN_FULL,
        /** The first label, and how many bytes there are. */
        IN_BRIEF
    }

    /**
     * Filling up to a multiple.
     *
     * @param bytes the multiple, a power of two
     * @param nops whether it may be run through, or lies among constants and is zero
     */
    record Align(int bytes, boolean nops) implements Item {}

    /**
     * A constant.
     *
     * @param bytes a buffer nobody else has, for its equality by content; only ever read by absolute index
     * @param alignment a power of two
     */
    record Data(ByteBuffer bytes, int alignment) implements Item {
        static Data of(byte[] bytes, int alignment) {
            return new Data(ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer(), alignment);
        }
    }

    /**
     * Distances from {@code self} to each target, 4 bytes each.
     *
     * @param self the table's own place
     * @param targets places
     */
    record Table(Place self, List<? extends Place> targets) implements Item {}
}
