package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.util.Optional;

/** What becomes of the rows of a left operand before they are multiplied. */
public enum LhsFormat {
    /** Nothing: they are read where they lie, or copied. */
    AS_IT_LIES(Format.F32),
    /** Of binary16, they are widened to f32. */
    F16(Format.F16),
    /** Of BF16, they are widened to f32. */
    BF16(Format.BF16),
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

    /**
     * Fails unless a matrix holds such rows, as callers give them.
     *
     * @throws IllegalArgumentException with its name, {@code what}
     */
    public void require(String what, Matrix matrix) {
        switch (this) {
            case AS_IT_LIES, QUANTIZED_ROWS, QUANTIZED_BLOCKS -> ElementKind.requireFloats(what, matrix);
            case F16, BF16 -> ElementKind.requireHalves(what, matrix, format);
            case STATIC -> ElementKind.requireBytes(what, matrix);
        }
    }

    /** What is widened to f32; nothing where callers give other elements. */
    public Optional<Halves> halves() {
        return switch (this) {
            case F16 -> Optional.of(Halves.F16);
            case BF16 -> Optional.of(Halves.BF16);
            case AS_IT_LIES, QUANTIZED_ROWS, QUANTIZED_BLOCKS, STATIC -> Optional.empty();
        };
    }
}
