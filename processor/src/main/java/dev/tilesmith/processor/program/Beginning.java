package dev.tilesmith.processor.program;

/** What sums begin with: those of a block, where weights have blocks along K. */
public enum Beginning {
    /** Zero. */
    ZERO,
    /** What columns have for it, their biases, which are not added afterwards then. */
    BIAS,
    /** Zero, or what the result holds from an earlier part of K. */
    RESULT,
    /** What a row has before its values, or before those of the block: it takes off what is too much in the elements. */
    ROW
}
