package dev.tilesmith.processor.lower.x86;

import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Mem;

/**
 * The rows of a family's left operand: how code comes to the values of a row at a place along K, which is the same in all rows
 * of a tile. Tiles know nothing else of where rows lie.
 */
interface LhsRows {
    /** Rows of a tile that can be addressed. */
    int most();

    /** At the start of the function: goes to the first row that the caller means. */
    void enter();

    /** At the start of the function, afterwards: sets what all tiles have in common. */
    void begin();

    /** Goes to the first rows. */
    void beginPanel();

    /** At the start of a tile: goes to the start of its rows. */
    void beginTile(int rows);

    /** Moves along a tile's rows. */
    void advance(int rows, int bytes);

    /** The same by as many bytes as a register says. */
    void advance(int rows, Gpr bytes);

    /** The register that has the bytes from one row to the next. */
    Gpr stride();

    /** The place along K in one row of a tile. */
    Mem row(int row);

    /** Goes to the rows after those of a tile. */
    void nextTile(int rows);
}
