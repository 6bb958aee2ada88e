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
    I8X4
}
