package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.processor.asm.x86.Mem;

/** What the function of a family keeps in its frame besides, where tile registers multiply blocks. */
enum AmxBlockFrame {
    /** The pointer to rows, whose register is lent to products. */
    LHS(0),
    /** Bytes of half a panel that is decoded, or of a tile of rows that is copied, without what is for scales. */
    VALUE_BYTES(1),
    /** Bytes of the scales of half a panel, or of a tile of rows. */
    SCALE_BYTES(2),
    /** Blocks of whole passes. */
    BLOCKS_DONE(3),
    /** Bytes of a tile of rows. */
    ROWS_BYTES(4),
    /** The address of the scales of a panel's first half. */
    SCALES(5),
    /** The address of the first tile of rows. */
    FIRST_ROWS(6),
    /** The address of the tile of rows that is multiplied next. */
    ROWS_AT(7);

    private static final int LINE = AmxFrame.LINE;

    /** Bytes of the sums of one block: {@code [rows][columns]} int32s. */
    static final int SUM_BYTES = BlockCopies.LANES * LINE;

    private static final int SUMS = 2 * LINE;

    /** Bytes into the frame where totals are: {@code [rows][columns]} f32s. */
    static final int TOTALS = SUMS + 2 * SUM_BYTES;

    /** Bytes of all of it. */
    static final int BYTES = TOTALS + 2 * SUM_BYTES;

    private final int index;

    AmxBlockFrame(int index) {
        this.index = index;
    }

    /** Its place: an int64. */
    Mem place() {
        return AmxFrame.place(AmxFrame.FIRST_FREE + index);
    }

    /** Where the sums of a block are stored: those of two are there at a time. */
    static int sums(int block) {
        return SUMS + block % 2 * SUM_BYTES;
    }
}
