package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.Gpr;

/**
 * What registers hold in a function that quantizes rows to {@code QAI8DX}, besides those of {@link QuantizerRows} and {@link
 * QuantizerValues}.
 */
final class QuantizerRegisters {
    /** Bytes from the start of a group to its first zero point. */
    static final Gpr VALUES = Gpr.x(8);

    /** Number of the row in its group. */
    static final Gpr ROW = Gpr.x(9);

    /** The next value of the row. */
    static final Gpr FROM = Gpr.x(10);

    /** Where it goes. */
    static final Gpr TO = Gpr.x(11);

    /** Values still to do, of the row or the block. */
    static final Gpr LEFT = Gpr.x(12);

    static final Gpr SCRATCH = Gpr.x(13);

    /** Values of the chunk of kr at hand that are written. */
    static final Gpr WRITTEN = Gpr.x(14);

    /** Bytes from one chunk of a row to the next. */
    static final Gpr CHUNK_STRIDE = Gpr.x(15);

    static final Gpr GROUP_ROWS = Gpr.x(16);

    /** In blocks: the sum of the values that are taken one by one. */
    static final Gpr SUM = Gpr.x(2);

    /** In blocks: where what the sums begin with is stored. */
    static final Gpr BEGINNING = Gpr.x(14);

    /** In blocks: values of the row still to do, those of the block at hand among them. */
    static final Gpr ROW_LEFT = Gpr.x(17);

    /** The least values of a row, a vector for each that is loaded at once; v8 to v15 are the caller's. */
    static final int MIN = 0;

    /** The largest, likewise. */
    static final int MAX = 4;

    /** The first of four. */
    static final int TEMPORARY = 20;

    static final int SCALE = 24;
    static final int INVERSE = 25;
    static final int ZERO_POINT = 26;

    /** Constants, kept for all rows: the least value of a byte, and those after it. */
    static final int LEAST = 27;

    static final int MOST = 28;
    static final int ONE = 29;
    static final int STEPS = 30;

    /** In blocks: the sums of the values that are taken at once. */
    static final int SUMS = 31;

    private QuantizerRegisters() {}
}
