package dev.tilesmith.processor.emit;

/** How much of machine code the comment beside it lists. */
public enum Detail {
    /** The tallest tile of each width and what is around the tiles; the others by name, which are like it. */
    SHORT,
    /** Every instruction. */
    FULL
}
