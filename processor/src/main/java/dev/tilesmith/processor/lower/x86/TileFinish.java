package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA_AT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Program;

/** What a tile does once its sums are there: results of these, and the way to the next tile. */
record TileFinish(Assembler asm, Isa isa, Program program, LhsRows rows) {
    /** The same where what columns have is in their panel. */
    void emit(PanelColumns columns, EpilogueRegisters registers, Label done) {
        emit(EpilogueCode.metadata(METADATA_AT, isa, columns), registers, done);
    }

    /**
     * Adds the code.
     *
     * @param columns where what columns have is
     * @param registers those of the sums, and others
     * @param done where it goes on
     */
    void emit(EpilogueCode.Columns columns, EpilogueRegisters registers, Label done) {
        final TileEnd end = new TileEnd(asm, isa, program, rows);
        new EpilogueCode(asm, isa, program, rows, columns, registers, end).emit();
        end.advance();
        asm.emit(JMP, done);
    }
}
