package dev.tilesmith.processor.lower.aarch64;

/**
 * The left operand of a family of outer products: the one that knows where its rows lie, and whether they have to be packed.
 * Code of tiles is told where a tile of rows begins, {@code [k][rows]}, and nothing else.
 */
interface SmeLhs {
    /** At the start of the function: goes to the first row that the caller means. The scratch register is used. */
    void enter();

    /** Before the first panel, in streaming mode: packs what is not packed. */
    void pack();

    /** Goes to the first tile of rows. */
    void beginPanel();

    /** Says where the tile of rows begins. */
    void beginTile();

    /** Goes to the next tile of rows. The scratch register is used. */
    void nextTile();
}
