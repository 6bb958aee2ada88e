package dev.tilesmith.processor.program;

/** What the 32 bits of a lane of sums, and of what an epilogue makes of them, hold. */
public enum LaneType {
    /** One binary32. */
    F32,
    /** One 32-bit integer. */
    I32
}
