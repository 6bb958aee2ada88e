package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/** Rows of a left operand that do not lie anywhere in one piece, and are gathered a block at a time. */
interface GatheredRows {
    /** A left operand of no rows: what kind it is, and how long its rows are. */
    Matrix none();

    /** Bytes from one row to the next where they have been gathered. */
    long rowBytes();

    /**
     * Gathers rows.
     *
     * @param first the first of them
     * @param count how many
     * @param to room for them, {@link #rowBytes} each
     * @return a matrix of them
     */
    Matrix gather(int first, int count, MemorySegment to);
}
