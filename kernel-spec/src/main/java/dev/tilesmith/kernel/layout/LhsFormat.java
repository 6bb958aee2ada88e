package dev.tilesmith.kernel.layout;

import dev.tilesmith.spec.Format;

/** What becomes of the rows of a left operand before they are multiplied. */
public enum LhsFormat {
    /** Nothing: they are read where they lie, or copied. */
    AS_IT_LIES,
    /** They are quantized, each with a scale and a zero point of its own. */
    QUANTIZED_ROWS,
    /** They are quantized in blocks along K, each with a scale of its own. */
    QUANTIZED_BLOCKS,
    /** Quantized beforehand, they are laid as code multiplies them. */
    STATIC;

    /**
     * What becomes of rows of a format.
     *
     * @throws IllegalArgumentException if no kernel has such rows
     */
    public static LhsFormat of(Format format) {
        return switch (format) {
            case F32 -> AS_IT_LIES;
            case QAI8DX -> QUANTIZED_ROWS;
            case QSI8D32 -> QUANTIZED_BLOCKS;
            case QAI8 -> STATIC;
            case F16, BF16, I32, QSI8CX, QSI4CX, QSI4C32, QAI4C32, QSU2CX ->
                throw new IllegalArgumentException("lhs: " + format + "; no kernel has rows of it");
        };
    }
}
