package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.LHS_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_LHS;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.program.Program;

/**
 * The groups of rows of a tile's left operand: a pointer to the start of each row, or of each pair of rows where these are
 * read together, and one index along all.
 */
final class NeonRows {
    private final Assembler asm;
    private final int rowsTogether;
    private final int groups;

    /**
     * The rows of a tile.
     *
     * @param rowsTogether rows of a group: 1 or 2
     */
    NeonRows(Assembler asm, Program program, int rowsTogether) {
        this.asm = asm;
        this.rowsTogether = rowsTogether;
        this.groups = (program.mr() + rowsTogether - 1) / rowsTogether;
    }

    /** How many groups there are. */
    int groups() {
        return groups;
    }

    /** The group that a row is in. */
    int group(int row) {
        return row / rowsTogether;
    }

    /** The number of a row in its group. */
    int inGroup(int row) {
        return row % rowsTogether;
    }

    /** How many rows a group has. */
    int together() {
        return rowsTogether;
    }

    /** Sets the pointers, and the index to the start. */
    void begin() {
        asm.emit(MOV, NeonRegisters.row(0), TILE_LHS);
        for (int group = 1; group < groups; group++) {
            asm.emit(ADD, NeonRegisters.row(group), NeonRegisters.row(group - 1), LHS_STRIDE);
        }
        asm.emit(MOV, INDEX, new Imm(0));
    }

    /** Loads what is at the index in a group. */
    void load(Scalar to, int group) {
        asm.emit(LDR, to, Mem.at(NeonRegisters.row(group), INDEX));
    }

    /** Moves the index. */
    void advance(int bytes) {
        asm.emit(ADD, INDEX, INDEX, new Imm(bytes));
    }
}
