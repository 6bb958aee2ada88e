package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Program;

/**
 * What the general registers hold in a function of Advanced SIMD tiles. The platform's x18 is not touched; x19 and those
 * after it are the caller's, and saved.
 */
final class NeonRegisters {
    static final Gpr ARGUMENTS = Gpr.x(0);

    /** First row of the left operand. */
    static final Gpr LHS = Gpr.x(1);

    /** Values of the panel at hand. */
    static final Gpr RHS = Gpr.x(2);

    /** First result of the panel at hand. */
    static final Gpr DST = Gpr.x(3);

    /** Where the height of the next tile is. */
    static final Gpr HEIGHTS = Gpr.x(4);

    static final Gpr FLAGS = Gpr.w(5);

    static final Gpr LHS_STRIDE = Gpr.x(6);

    static final Gpr DST_STRIDE = Gpr.x(7);

    /** Metadata of the panel at hand. */
    static final Gpr METADATA = Gpr.x(8);

    /** Panels still to do, the one at hand among them. */
    static final Gpr PANELS = Gpr.x(9);

    /** Columns of the panel at hand that are stored. */
    static final Gpr COLUMNS = Gpr.x(10);

    static final Gpr RHS_STRIDE = Gpr.x(11);

    /** First row of the tile. */
    static final Gpr TILE_LHS = Gpr.x(12);

    /** First result of the tile. */
    static final Gpr TILE_DST = Gpr.x(13);

    /** Values of the step at hand in the panel. */
    static final Gpr PANEL = Gpr.x(14);

    static final Gpr STEPS = Gpr.x(15);

    static final Gpr SCRATCH = Gpr.x(16);

    /** Bytes from the start of each row, or pair of rows, to the step at hand. */
    static final Gpr INDEX = Gpr.x(17);

    /** Rows, or pairs of rows, that have a pointer. */
    static final int MAX_ROWS = 8;

    /** Vector registers there are. */
    static final int VECTORS = 32;

    private static final int FIRST_ROW = 19;

    private NeonRegisters() {}

    /**
     * Refuses a tile that there is no room for.
     *
     * @param vectors vector registers that it needs
     * @param rows rows, or pairs of rows, that need a pointer
     */
    static void requireRoom(Program program, int vectors, int rows) {
        if (vectors > VECTORS || rows > MAX_ROWS) {
            throw new IllegalArgumentException("tile of " + program.mr() + " x " + program.nr() + " needs more than "
                    + VECTORS + " vector registers or " + MAX_ROWS + " pointers");
        }
    }

    /** A vector register that holds no result; throws where there is none. */
    static V scratch(int index) {
        requireScratch(index, VECTORS);
        return V.s4(index);
    }

    /**
     * Refuses a register that there is none of.
     *
     * @param index its number
     * @param left how many there are
     */
    static void requireScratch(int index, int left) {
        if (index >= left) {
            throw new IllegalStateException("the tile leaves no vector register " + index + " of " + left);
        }
    }

    /** Start of a row of the tile, or of a pair of rows. */
    static Gpr row(int index) {
        return Gpr.x(FIRST_ROW + index);
    }
}
