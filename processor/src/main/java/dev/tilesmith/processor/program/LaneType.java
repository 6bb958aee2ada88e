package dev.tilesmith.processor.program;

/** What the 32 bits of a lane hold. */
public enum LaneType {
    /** One binary32. */
    F32,
    /** One 32-bit integer. */
    I32,
    /** Four unsigned bytes, the first in the lowest bits. */
    U8X4,
    /** Four signed bytes, the first in the lowest bits. */
    I8X4,
    /** Two signed 16-bit integers, the first in the lowest bits. */
    I16X2;

    /** Integers in a lane. */
    int parts() {
        return switch (this) {
            case F32, I32 -> 1;
            case I16X2 -> 2;
            case U8X4, I8X4 -> 4;
        };
    }

    /** One of the integers of a lane. */
    int part(int lane, int index) {
        return switch (this) {
            case F32 -> throw new IllegalStateException("a lane of binary32 holds no integers");
            case I32 -> lane;
            case I16X2 -> (short) (lane >> (16 * index));
            case U8X4 -> (lane >> (8 * index)) & 0xff;
            case I8X4 -> (byte) (lane >> (8 * index));
        };
    }
}
