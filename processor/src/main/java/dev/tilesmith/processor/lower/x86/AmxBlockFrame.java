package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;

import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Mem;

/** What the function of a family keeps in its frame on the stack where tile registers multiply blocks. */
enum AmxBlockFrame {
    /** The stack pointer that the function was entered with. */
    STACK(0),
    /** Rows that are multiplied, or are to be, and not yet finished. */
    ROWS_LEFT(8),
    /** The address of the totals of the next row; 0 where a tile has none. */
    TOTALS_AT(16),
    /** The pointer to heights, whose register is lent. */
    HEIGHTS(24),
    /** The pointer to rows, likewise. */
    LHS(32),
    /** Rows of a tile from which on tile registers multiply it; more than any has where they never do. */
    ROWS_FOR_TILES(40),
    /** Bytes of half a panel that is decoded, or of a tile of rows that is copied, without what is for scales. */
    VALUE_BYTES(48),
    /** Bytes of the scales of half a panel, or of a tile of rows. */
    SCALE_BYTES(56),
    /** Blocks of whole passes. */
    BLOCKS_DONE(64),
    /** Bytes of a tile of rows. */
    ROWS_BYTES(72),
    /** The address of the scales of a panel's first half. */
    SCALES(80),
    /** The address of the first tile of rows. */
    FIRST_ROWS(88),
    /** The address of the tile of rows that is multiplied next. */
    ROWS_AT(96);

    private static final int LINE = 64;

    /** Bytes of the sums of one block: {@code [rows][columns]} int32s. */
    static final int SUM_BYTES = BlockCopies.LANES * LINE;

    private static final int SUMS = 2 * LINE;
    private static final int TOTALS = SUMS + 2 * SUM_BYTES;

    /** Bytes of all of it. */
    static final int BYTES = TOTALS + 2 * SUM_BYTES;

    private static final Gpr FRAME = Gpr.RSP;

    private final int at;

    AmxBlockFrame(int at) {
        this.at = at;
    }

    /** Its place: an int64. */
    Mem place() {
        return mem(FRAME, at);
    }

    /** Where the sums of a block are stored: those of two are there at a time. */
    static int sums(int block) {
        return SUMS + block % 2 * SUM_BYTES;
    }

    /** A total of a row and a vector of columns. */
    static Mem total(int row, int vector) {
        return mem(FRAME, TOTALS + (2 * row + vector) * LINE);
    }
}
