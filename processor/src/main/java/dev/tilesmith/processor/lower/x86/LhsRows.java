package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;

/**
 * The rows of a tile's left operand: rax points into the first, r14 into the eighth where there is one, and rbx, rbp and
 * r12 are one, three and five times the distance of rows.
 */
final class LhsRows {
    private static final int ROWS_PER_POINTER = 7;

    private LhsRows() {}

    /** Sets the pointers to the rows from r9 on. */
    static void begin(Assembler asm, int rows) {
        asm.emit(MOV, RAX, R9);
        if (rows > ROWS_PER_POINTER) {
            asm.emit(LEA, R14, mem(R9, RBP, 2, 0));
            asm.emit(ADD, R14, RBX);
        }
    }

    /** Moves the pointers along the rows. */
    static void advance(Assembler asm, int rows, int bytes) {
        asm.emit(ADD, RAX, new Imm(bytes));
        if (rows > ROWS_PER_POINTER) {
            asm.emit(ADD, R14, new Imm(bytes));
        }
    }

    /** Where the pointers are in one row. */
    static Mem row(int row) {
        final var base = row < ROWS_PER_POINTER ? RAX : R14;
        return switch (row % ROWS_PER_POINTER) {
            case 0 -> mem(base);
            case 1 -> mem(base, RBX, 1, 0);
            case 2 -> mem(base, RBX, 2, 0);
            case 3 -> mem(base, RBP, 1, 0);
            case 4 -> mem(base, RBX, 4, 0);
            case 5 -> mem(base, R12, 1, 0);
            default -> mem(base, RBP, 2, 0);
        };
    }
}
