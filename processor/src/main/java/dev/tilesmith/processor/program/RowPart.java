package dev.tilesmith.processor.program;

/** What a row of the left operand has after its values, 32 bits each, in that order. */
public enum RowPart {
    /** What zero is among its values as they are stored, an int32. */
    ZERO_POINT,
    /** The inverse of the scale that it was quantized with, an f32. */
    INVERSE_SCALE
}
