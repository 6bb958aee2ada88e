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
    NOTHING;

    /** What a contraction of rows in blocks wants there. */
    public static BeforeBlock of(Contraction contraction) {
        if (contraction.hasMinima()) {
            return SCALED_SUM;
        }
        if (!contraction.beginsWithRow()) {
            return NOTHING;
        }
        return switch (contraction.rhs().stored()) {
            case INT8 -> MINUS_128_SUM;
            case NIBBLES -> MINUS_8_SUM;
            case F32, F16, BF16, TWO_BITS ->
                throw new IllegalArgumentException("rows in blocks have nothing for " + contraction);
        };
    }
}
