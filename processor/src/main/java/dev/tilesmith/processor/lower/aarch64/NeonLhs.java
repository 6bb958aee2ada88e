package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.program.Program;

/** The left operand of a family of Advanced SIMD tiles: the one that knows where its rows lie. */
interface NeonLhs {
    /** At the start of the function: goes to the first row that the caller means. The scratch register is used. */
    void enter();

    /** At the start of the function, afterwards: sets what all tiles have in common. */
    void begin();

    /** Goes to the first rows. */
    void beginPanel();

    /**
     * The rows of a tile.
     *
     * @param rowsTogether rows of a group: 1 or 2
     */
    NeonRows rows(Program program, int rowsTogether);
}
