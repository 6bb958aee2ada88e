package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.LHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Operand;

/** Rows at the same distance from each other: two pointers reach seven each, by what the distance is taken times. */
final class DenseRows implements LhsRows {
    /** Of the registers that are lent to rows: the place in a tile's first row, and in its eighth if there is one. */
    private static final Gpr FIRST = RAX;

    private static final Gpr EIGHTH = R14;

    /** Once, three and five times the distance between rows. */
    private static final Gpr STRIDE = RBX;

    private static final Gpr STRIDE_3 = RBP;
    private static final Gpr STRIDE_5 = R12;

    private static final int ROWS_PER_POINTER = 7;

    /** Rows of a tile that can be addressed. */
    static final int MOST = 2 * ROWS_PER_POINTER;

    private final Assembler asm;

    DenseRows(Assembler asm) {
        this.asm = asm;
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public void enter() {
        asm.emit(ADD, LHS, mem(ARGUMENTS, NativeArguments.LHS_OFFSET));
    }

    @Override
    public void begin() {
        asm.emit(MOV, STRIDE, mem(ARGUMENTS, NativeArguments.LHS_STRIDE));
        asm.emit(LEA, STRIDE_3, mem(STRIDE, STRIDE, 2, 0));
        asm.emit(LEA, STRIDE_5, mem(STRIDE, STRIDE, 4, 0));
    }

    @Override
    public void beginPanel() {
        asm.emit(MOV, TILE_LHS, LHS);
    }

    @Override
    public void beginTile(int rows) {
        asm.emit(MOV, FIRST, TILE_LHS);
        if (rows > ROWS_PER_POINTER) {
            asm.emit(LEA, EIGHTH, mem(TILE_LHS, STRIDE_3, 2, 0));
            asm.emit(ADD, EIGHTH, STRIDE);
        }
    }

    @Override
    public void advance(int rows, int bytes) {
        advanceBy(rows, new Imm(bytes));
    }

    @Override
    public void advance(int rows, Gpr bytes) {
        advanceBy(rows, bytes);
    }

    private void advanceBy(int rows, Operand bytes) {
        asm.emit(ADD, FIRST, bytes);
        if (rows > ROWS_PER_POINTER) {
            asm.emit(ADD, EIGHTH, bytes);
        }
    }

    @Override
    public Gpr stride() {
        return STRIDE;
    }

    @Override
    public Mem row(int row) {
        final Gpr base = row < ROWS_PER_POINTER ? FIRST : EIGHTH;
        return switch (row % ROWS_PER_POINTER) {
            case 0 -> mem(base);
            case 1 -> mem(base, STRIDE, 1, 0);
            case 2 -> mem(base, STRIDE, 2, 0);
            case 3 -> mem(base, STRIDE_3, 1, 0);
            case 4 -> mem(base, STRIDE, 4, 0);
            case 5 -> mem(base, STRIDE_5, 1, 0);
            default -> mem(base, STRIDE_3, 2, 0);
        };
    }

    @Override
    public void nextTile(int rows) {
        asm.emit(IMUL, SCRATCH, STRIDE, new Imm(rows));
        asm.emit(ADD, TILE_LHS, SCRATCH);
    }
}
