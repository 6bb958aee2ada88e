package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of sums: what a panel's columns have for it after the values, and what a result is. */
public enum ResultFormat {
    /** f32, of sums that are scaled, and a bias that is one too. */
    FLOATS(Format.F32, Float.BYTES),
    /** These, rounded to binary16. */
    F16(Format.F16, Float.BYTES),
    /** These, rounded to BF16. */
    BF16(Format.BF16, Float.BYTES),
    /** The sums themselves. */
    SUMS(Format.I32, Integer.BYTES),
    /** int8, in quantized terms that are known beforehand. */
    INT8(Format.QAI8, Byte.BYTES);

    private final Format format;
    private final int bytes;

    ResultFormat(Format format, int bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    /**
     * What results of a format are.
     *
     * @throws IllegalArgumentException if no kernel has such results
     */
    public static ResultFormat of(Format format) {
        for (final ResultFormat result : values()) {
            if (result.format == format) {
                return result;
            }
        }
        throw new IllegalArgumentException("dst: " + format + "; no kernel has results of it");
    }

    /** What users name it. */
    public Format format() {
        return format;
    }

    /**
     * Fails unless a matrix holds such results.
     *
     * @throws IllegalArgumentException with its name, {@code what}
     */
    public void require(String what, Matrix matrix) {
        switch (this) {
            case FLOATS -> ElementKind.requireFloats(what, matrix);
            case F16, BF16 -> ElementKind.requireHalves(what, matrix, format);
            case SUMS -> ElementKind.requireInts(what, matrix);
            case INT8 -> ElementKind.requireBytes(what, matrix);
        }
    }

    /** Bytes of a result as code writes it: those of f32 where it is rounded afterwards. */
    public int bytes() {
        return bytes;
    }

    /** What f32 results are rounded to; nothing where results are what code writes. */
    public Optional<Halves> halves() {
        return switch (this) {
            case F16 -> Optional.of(Halves.F16);
            case BF16 -> Optional.of(Halves.BF16);
            case FLOATS, SUMS, INT8 -> Optional.empty();
        };
    }

    /**
     * What a panel has after the values of such weights, in this order.
     *
     * @param bias whether a bias may be packed: of integers it is part of what sums begin with
     */
    public List<PanelPart> parts(WeightsFormat weights, boolean bias) {
        final List<PanelPart> parts = new ArrayList<>();
        switch (this) {
            case FLOATS, F16, BF16 -> {
                parts.addAll(weights.scaling().ofColumns());
                if (bias) {
                    parts.add(PanelPart.BIASES);
                }
            }
            case SUMS -> parts.add(PanelPart.BEGINNINGS);
            case INT8 -> parts.addAll(List.of(PanelPart.BEGINNINGS, PanelPart.MULTIPLIERS, PanelPart.ZERO_POINTS));
        }
        if (weights.stored() == StoredValues.CODES) {
            parts.add(PanelPart.TABLE);
            parts.add(PanelPart.SMALLEST);
        }
        return parts;
    }
}
