package dev.tilesmith.processor.program;

/** What is multiplied. */
public enum Element {
    /** One binary32; or, of integers that are multiplied as such, one that is an integer. */
    F32,
    /** One BF16, which is multiplied as it is. */
    BF16,
    /** A signed 16-bit integer. */
    I16,
    /** A signed byte. */
    I8,
    /** An unsigned byte. */
    U8;

    /** What is added to a signed byte to make one of these of it. */
    public int offset() {
        return switch (this) {
            case F32, BF16, I16, I8 -> 0;
            case U8 -> 128;
        };
    }

    /** How many of them 32 bits hold. */
    public int perWord() {
        return switch (this) {
            case F32 -> 1;
            case BF16, I16 -> 2;
            case I8, U8 -> 4;
        };
    }

    /** One of the integers of 32 bits, the first of them in the lowest bits. */
    int of(int word, int index) {
        return switch (this) {
            case F32, BF16 -> throw new IllegalStateException("floats hold no integers");
            case I16 -> (short) (word >> (Short.SIZE * index));
            case I8 -> (byte) (word >> (Byte.SIZE * index));
            case U8 -> (word >> (Byte.SIZE * index)) & 0xff;
        };
    }
}
