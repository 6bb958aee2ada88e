package dev.tilesmith.kernel.layout;

import dev.tilesmith.spec.Format;

/** What becomes of the rows of a left operand before they are multiplied. */
public enum LhsFormat {
    /** Nothing: they are read where they lie, or copied. */
    AS_IT_LIES(Format.F32),
    /** They are quantized, each with a scale and a zero point of its own. */
    QUANTIZED_ROWS(Format.QAI8DX),
    /** They are quantized in blocks along K, each with a scale of its own. */
    QUANTIZED_BLOCKS(Format.QSI8D32),
    /** Quantized beforehand, they are laid as code multiplies them. */
    STATIC(Format.QAI8);

    private final Format format;

    LhsFormat(Format format) {
        this.format = format;
    }

    /**
     * What becomes of rows of a format.
     *
     * @throws IllegalArgumentException if no kernel has such rows
     */
    public static LhsFormat of(Format format) {
        for (final LhsFormat rows : values()) {
            if (rows.format == format) {
                return rows;
            }
        }
        throw new IllegalArgumentException("lhs: " + format + "; no kernel has rows of it");
    }
}
