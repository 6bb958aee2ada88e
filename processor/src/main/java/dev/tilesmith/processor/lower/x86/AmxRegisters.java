package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Tmm;

/** What tile registers hold in products over all of K: sums of two of rows by two of columns, and two of either side. */
final class AmxRegisters {
    /** Rows of a register. */
    static final int ROWS = 16;

    /** Bytes of a row. */
    static final int ROW_BYTES = 64;

    /** Rows of a tile. */
    static final int MOST_ROWS = 2 * ROWS;

    private static final int SUMS = 4;

    private AmxRegisters() {}

    /** The sums of one of rows and one of columns. */
    static Tmm sum(int row, int column) {
        return new Tmm(2 * row + column);
    }

    static Tmm rows(int row) {
        return new Tmm(SUMS + row);
    }

    static Tmm columns(int column) {
        return new Tmm(SUMS + 2 + column);
    }
}
