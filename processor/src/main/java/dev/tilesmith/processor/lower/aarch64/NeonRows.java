package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.program.Program;

/**
 * The rows of a tile's left operand, in groups of those that are read together, at a place along K that all have in common.
 * Tiles know nothing else of where rows lie.
 */
abstract class NeonRows {
    private final int rowsTogether;
    private final int groups;

    /**
     * The rows of a tile.
     *
     * @param rowsTogether rows of a group: 1 or 2
     */
    NeonRows(Program program, int rowsTogether) {
        this.rowsTogether = rowsTogether;
        this.groups = (program.mr() + rowsTogether - 1) / rowsTogether;
    }

    /** How many groups there are. */
    final int groups() {
        return groups;
    }

    /** The group that a row is in. */
    final int group(int row) {
        return row / rowsTogether;
    }

    /** The number of a row in its group. */
    final int inGroup(int row) {
        return row % rowsTogether;
    }

    /** How many rows a group has. */
    final int together() {
        return rowsTogether;
    }

    /** Goes to the start of all rows. */
    abstract void begin();

    /** Loads what is at the place along K in a group. */
    abstract void load(Scalar to, int group);

    /** Sets a register to the address of that. */
    abstract void address(Gpr to, int group);

    /** Moves along K. */
    abstract void advance(int bytes);

    /** Goes to the rows after the tile's. Leaves in the scratch register how many groups the tile has. */
    abstract void nextTile();
}
