package dev.tilesmith.kernel.layout;

import dev.tilesmith.size.Sizes;

/** What values are in the bytes of a panel. */
public enum StoredValues {
    /** binary32. */
    FLOATS(Float.SIZE),
    /** 16 bits of binary16 or BF16, which the format tells apart. */
    HALVES(Short.SIZE),
    /** Signed bytes. */
    BYTES(Byte.SIZE),
    /** Four bits, two values to a byte, unsigned. */
    NIBBLES(4),
    /** Two bits, four values to a byte, that choose from a table. */
    CODES(2);

    /** Values that lie several to a byte are computed so many along K at a time; blocks are multiples of it. */
    public static final int GROUP = 32;

    /** Values of 16 bits that lie together where they are multiplied as they are, not widened. */
    public static final int PAIR = 2;

    /** Values along K that are computed at a time where they lie in pairs: a row of a tile register. */
    public static final int OF_PAIRS = 32;

    private final int bits;

    StoredValues(int bits) {
        this.bits = bits;
    }

    /** Bits of a value. */
    public int bits() {
        return bits;
    }

    /** Values that a byte holds, or one where a value takes more. */
    public int perByte() {
        return Math.max(1, Byte.SIZE / bits);
    }

    /** Whether a byte holds several: they are unsigned then, and what that adds is taken off by what sums begin with. */
    public boolean sharesBytes() {
        return perByte() > 1;
    }

    /**
     * One of the values that a byte holds, unsigned where it holds several.
     *
     * @param part which: 0 is in the lowest bits
     */
    public int part(int ofByte, int part) {
        return sharesBytes() ? (ofByte >> (part * bits)) & ((1 << bits) - 1) : ofByte;
    }

    /** Bytes of so many values; those of the last byte are whole. */
    public long bytes(long values) {
        return bits < Byte.SIZE ? values / perByte() : Sizes.times(values, bits / Byte.SIZE);
    }

    /** Values along K that a step takes where {@code kr} lie together. */
    public int step(int kr) {
        return switch (this) {
            case NIBBLES, CODES -> GROUP;
            case HALVES -> kr > 1 ? OF_PAIRS : kr;
            case FLOATS, BYTES -> kr;
        };
    }
}
