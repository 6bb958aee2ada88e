package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Mask;

/**
 * What vector and mask registers hold in a function that quantizes rows to {@code QAI8DX}. Of general registers, rsi points to
 * the row and rcx to where its values go, rax is the offset of a chunk in the row, rdx where its values go, r9 has the rows
 * still to do, r11 the bytes of a row's whole chunks, and r10 the address of the tail's masks where these are in memory.
 */
final class QuantizerRegisters {
    /** Kept through a row. */
    static final int SCALE = 2;

    static final int ZERO = 3;
    static final int INVERSE_SCALE = 7;
    static final int ZERO_POINT = 10;

    /** Kept for all rows: what {@link HalvesAway} wants, and the order of packed values. */
    static final int SIGN = 12;

    static final int BELOW_HALF = 13;
    static final int HIGHEST = 14;
    static final int ORDER = 15;

    /** In blocks: bounds of values before the zero point is added, and sums of a block, which need no order. */
    static final int LOWEST = 8;

    static final int LARGEST = 9;
    static final int SUM = 15;

    /** Without blocks: twice the scale, and what halves. */
    static final int DOUBLE_SCALE = 8;

    static final int HALVING = 9;

    /** Used in rounding. */
    static final int HALF = 6;

    /** Used in rounding, and as the mask of a tail, on AVX2. */
    static final int LANES = 11;

    private static final int[] VALUES = {0, 1, 4, 5};

    private static final int FIRST_TAIL_MASK = 1;

    /** In blocks: mask of the values after the whole vectors. */
    static final Mask BLOCK_TAIL_MASK = new Mask(FIRST_TAIL_MASK + QuantizerVectors.AT_ONCE + 1);

    private QuantizerRegisters() {}

    /** A vector of values that are quantized. */
    static int value(int vector) {
        return VALUES[vector];
    }

    /** The least values of a row, a vector for each that is taken at once. */
    static int min(int vector) {
        return vector;
    }

    /** The largest, likewise. */
    static int max(int vector) {
        return QuantizerVectors.AT_ONCE + vector;
    }

    /** Mask of those values after a row's whole chunks that lie in a vector. */
    static Mask tailMask(int vector) {
        return new Mask(FIRST_TAIL_MASK + vector);
    }
}
