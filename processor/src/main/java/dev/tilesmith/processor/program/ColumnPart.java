package dev.tilesmith.processor.program;

/** What a panel may have for each column after the values, 32 bits each. */
public enum ColumnPart {
    /** The sum of the weights, an int32; where blocks have scales, of scaled weights, an f32. */
    WEIGHT_SUM,
    /** What sums begin with, an int32. */
    BEGINNING,
    /** The scale of a column, an f32. */
    SCALE,
    /** What the sums of a column are multiplied by to be in the result's terms, an f32. */
    MULTIPLIER,
    /** The bias, an f32. */
    BIAS,
    /** The zero point of the result, an int32. */
    ZERO_POINT
}
