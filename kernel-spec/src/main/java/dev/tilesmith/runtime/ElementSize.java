package dev.tilesmith.runtime;

/** How large the elements of a segment are: what they are is for who takes it to say. */
enum ElementSize {
    /** Bytes. */
    BYTE,
    /** 16 bits. */
    SHORT,
    /** Floats or ints. */
    WORD;

    /**
     * That of elements of so many bytes.
     *
     * @throws IllegalArgumentException if there are none of that size
     */
    static ElementSize of(int bytes) {
        return switch (bytes) {
            case Byte.BYTES -> BYTE;
            case Short.BYTES -> SHORT;
            case Float.BYTES -> WORD;
            default ->
                throw new IllegalArgumentException(
                        "elementBytes: " + bytes + "; expected 1 for bytes, 2 for 16 bits, or 4 for floats or ints");
        };
    }
}
