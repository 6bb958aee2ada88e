package dev.tilesmith.processor.asm;

import java.util.Optional;

/** The bytes of one instruction, but for the distance to the place that it may name. */
public interface Encoding {
    /** Number of bytes. */
    int size();

    /** The place that it names, if any. */
    Optional<? extends Place> target();

    /** Whether the bytes can say that the place is {@code distance} bytes from the start of the instruction. */
    boolean reaches(int distance);

    /**
     * The bytes where the place is {@code distance} bytes from the start of the instruction.
     *
     * @throws IllegalStateException if they cannot say so
     */
    byte[] bytes(int distance);
}
