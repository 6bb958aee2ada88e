package dev.tilesmith.processor.lower.aarch64;

/**
 * Sums of integers in the bits of floats: one that begins with the bits of {@code 2^23 + 2^22}, whose last place is worth 1,
 * and to which no more than 2^22 is added or taken off, has the bits of that float and the integer together. Taking the
 * float off again converts it, exactly, by one operation for any pipe, where {@code scvtf} takes two of the pipes that
 * convert.
 *
 * <p>A sum over a block of int4 weights is no more than {@code 128 * 8} for each value along K, so blocks of 4096 values
 * are the longest; {@code Weights} takes none longer than 256.
 */
final class FloatSums {
    /** The bits of 12582912f. */
    static final int ORIGIN = 0x4b400000;

    private FloatSums() {}
}
