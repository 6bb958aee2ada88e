package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.P;
import dev.tilesmith.processor.asm.aarch64.Pn;

/**
 * What registers hold in a function of outer products. The platform's x18 and the frame pointer x29 are not touched; x19
 * to x28 are the caller's, and saved.
 */
final class SmeRegisters {
    static final Gpr ARGUMENTS = Gpr.x(0);

    /** Where the rows of the left operand begin: those of the call, or of a tile. */
    static final Gpr LHS = Gpr.x(1);

    /** Values of the panel at hand. */
    static final Gpr RHS = Gpr.x(2);

    /** First result of the panel at hand. */
    static final Gpr DST = Gpr.x(3);

    /** Where the height of the next tile is. */
    static final Gpr HEIGHTS = Gpr.x(4);

    static final Gpr FLAGS = Gpr.w(5);

    /** Metadata of the panel at hand. */
    static final Gpr METADATA = Gpr.x(6);

    static final Gpr DST_STRIDE = Gpr.x(7);

    /** Selects vectors of ZA in groups; zero always. */
    static final Gpr GROUP = Gpr.w(8);

    /** Panels still to do, the one at hand among them. */
    static final Gpr PANELS = Gpr.x(9);

    /** Columns of the panel at hand that are stored. */
    static final Gpr COLUMNS = Gpr.x(10);

    /** 32-bit lanes of a vector. */
    static final Gpr LANES = Gpr.x(11);

    /** Selects a slice of a tile of ZA. */
    static final Gpr SLICE = Gpr.x(12);

    static final Gpr STEPS = Gpr.x(13);

    /** The left operand of the tile of rows, in groups as the code multiplies them. */
    static final Gpr TILE_LHS = Gpr.x(14);

    /** First result of the tile of rows. */
    static final Gpr TILE_DST = Gpr.x(15);

    static final Gpr SCRATCH = Gpr.x(16);

    /** End of a loop over slices. */
    static final Gpr END = Gpr.x(17);

    /** Rows of the tile of rows. */
    static final Gpr ROWS = Gpr.x(19);

    /** First row at hand, counted in the tile of rows. */
    static final Gpr ROW = Gpr.x(20);

    /** First column at hand, counted in the panel. */
    static final Gpr COLUMN = Gpr.x(21);

    /** Values of the step at hand. */
    static final Gpr LHS_AT = Gpr.x(22);

    /** Values of the step at hand in the panel. */
    static final Gpr RHS_AT = Gpr.x(23);

    /** Bytes from one step to the next in the left operand. */
    static final Gpr LHS_STEP = Gpr.x(24);

    /** Row of the result at hand. */
    static final Gpr DST_AT = Gpr.x(25);

    /** Zero point and inverse scale of the row at hand. */
    static final Gpr ROW_METADATA = Gpr.x(26);

    /** Blocks of K still to do, the one at hand among them. No row is at hand meanwhile. */
    static final Gpr BLOCKS = Gpr.x(26);

    /** Rows of the left operand as the caller has them, from the tile of rows on. */
    static final Gpr SOURCE = Gpr.x(27);

    /** Where rows are packed, from the tile of rows on. */
    static final Gpr PACKED = Gpr.x(28);

    static final P ALL = P.p(0);

    /** Rows of several vectors, as loads of several vectors have them. */
    static final Pn ROW_COUNTER = Pn.pn(8);

    /** Columns of several vectors. */
    static final Pn COLUMN_COUNTER = Pn.pn(9);

    /** Columns of four vectors of columns, of which a byte each is loaded. */
    static final P COLUMN_BYTES = P.p(7);

    private static final int STEP_VECTORS = 8;
    private static final int FIRST_ROWS = 1;
    private static final int FIRST_COLUMNS = 3;
    private static final int FIRST_COLUMN_PAIRS = 7;

    private SmeRegisters() {}

    /** The first of the vector registers of a step, of those that are taken together. */
    static int step(int index) {
        return index * STEP_VECTORS;
    }

    /**
     * A vector register that a step does not take.
     *
     * @param vectors of columns: two or four
     * @param step which
     */
    static int unusedByStep(int vectors, int step) {
        return step(step) + (vectors == 4 ? 3 : 7);
    }

    /** Rows of a vector of rows: one of two. */
    static P rows(int vector) {
        return P.p(FIRST_ROWS + vector);
    }

    /**
     * Columns of two vectors of columns, of which 16 bits each are loaded: one of two. The second takes the place of a
     * second vector of rows, which no tile has beside four vectors of columns.
     */
    static P columnPairs(int pair) {
        return pair == 0 ? P.p(FIRST_COLUMN_PAIRS) : rows(1);
    }

    /** Columns of a vector of columns: one of four. */
    static P columns(int vector) {
        return P.p(FIRST_COLUMNS + vector);
    }
}
