package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.DST_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_DST;

import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.processor.asm.x86.Assembler;

/** How a tile's rows of the result lie. */
interface ResultLines {
    /** At one distance, which is in the scratch register. */
    ResultLines ONE = (asm, _) -> asm.emit(ADD, DST_AT, SCRATCH);

    /** Moves the pointer to a row from the one before it. */
    void next(Assembler asm, int row);

    /** The same for so many; then another line begins, as far behind the tile's as lines of results are. */
    static ResultLines of(int pixels) {
        return (asm, row) -> {
            if (row % pixels == 0) {
                asm.emit(MOV, DST_AT, TILE_DST);
                asm.emit(ADD, DST_AT, mem(ARGUMENTS, DepthwiseF32Arguments.LINE_STRIDE));
            } else {
                ONE.next(asm, row);
            }
        };
    }
}
