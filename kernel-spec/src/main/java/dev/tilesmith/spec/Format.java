package dev.tilesmith.spec;

import java.util.Locale;

/**
 * Element type and quantization of one operand, under KleidiAI's names.
 *
 * <p>In a name, {@code q} is quantized, {@code a} asymmetric (scale and zero point), {@code s} symmetric (scale alone),
 * {@code i} and {@code u} signed and unsigned, the digits are bits; {@code dx} is one scale per row of the LHS, found
 * when the kernel runs (dynamic), {@code cx} one per output channel, {@code d32} and {@code c32} one per block along K,
 * whose length is a multiple of 32.
 */
public enum Format {
    /** IEEE binary32. Infinities and NaN go through a product as IEEE 754 has it; which bits a NaN has may differ between families. */
    F32,
    /**
     * IEEE binary16. As an operand it is widened to binary32, which is exact; infinities and NaN stay such. A result is what
     * binary32 has, bounded, and then rounded to nearest, ties to even: from 65,520 on it is infinite, and up to 2^-25 zero.
     */
    F16,
    /** The upper half of a binary32: widened to one, and rounded from one, likewise. */
    BF16,
    /** 32-bit integers: exact sums of products. */
    I32,
    /** int8, one scale and zero point for the tensor, known beforehand. */
    QAI8,
    /**
     * int8, one scale and zero point for each row, found from the row's f32 values when the kernel runs.
     *
     * <p>int8 has neither infinities nor NaN. In a row NaN counts as 0. One infinity makes every result of its row 0, before
     * the bias, and so does a range from the least value to the greatest, 0 included, that is beyond binary32, or below
     * 7.5e-37. {@code RunOptions.requireFiniteRows} refuses rows that are not finite.
     */
    QAI8DX,
    /**
     * int8, one scale for each block along K: of each row, found when the kernel runs; of each output channel, where it is
     * the format of weights.
     *
     * <p>A scale is a block's largest magnitude over 127, rounded to binary16, as ggml's. So a block of a row is lost, all
     * zeros, if its largest magnitude is below 3.78e-6; and from 8.321e6 on its scale is infinite, as it is with an infinity
     * in the block, and results of its row are infinite or NaN. NaN counts as 0. {@code RunOptions.requireFiniteRows} refuses
     * rows that are not finite.
     */
    QSI8D32,
    /** int8 weights, one scale for each output channel. */
    QSI8CX,
    /** int4 weights, one scale for each output channel. */
    QSI4CX,
    /** int4 weights, one scale for each block along K of each output channel. */
    QSI4C32,
    /** int4 weights, one scale and minimum for each block along K of each output channel. */
    QAI4C32,
    /** 2-bit weights that index a table of four values, one scale for each output channel. */
    QSU2CX;

    /** The name in variant names: {@code qai8dx}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
