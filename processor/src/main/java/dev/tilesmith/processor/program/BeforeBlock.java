package dev.tilesmith.processor.program;

/** What a row that is quantized in blocks has before the values of each: 32 bits. */
public enum BeforeBlock {
    /** An int32, {@code -8 Σ q}. */
    MINUS_8_SUM,
    /** An int32, {@code -128 Σ q}. */
    MINUS_128_SUM,
    /** An f32, {@code scale * Σ q}. */
    SCALED_SUM,
    /** Nothing is stored there. */
    NOTHING
}
