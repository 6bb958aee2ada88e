package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.LHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.LHS_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.program.Program;

/** Rows, or groups of rows, at the same distance from each other: each has a pointer to its start, and all one index. */
final class NeonDenseLhs implements NeonLhs {
    private final Assembler asm;

    NeonDenseLhs(Assembler asm) {
        this.asm = asm;
    }

    @Override
    public void enter() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.LHS_OFFSET));
        asm.emit(ADD, LHS, LHS, SCRATCH);
    }

    @Override
    public void begin() {
        asm.emit(LDR, LHS_STRIDE, Mem.at(ARGUMENTS, NativeArguments.LHS_STRIDE));
    }

    @Override
    public void beginPanel() {
        asm.emit(MOV, TILE_LHS, LHS);
    }

    @Override
    public NeonRows rows(Program program, int rowsTogether) {
        return new Rows(program, rowsTogether);
    }

    /** Those of a tile. */
    private final class Rows extends NeonRows {
        Rows(Program program, int rowsTogether) {
            super(program, rowsTogether);
        }

        @Override
        void begin() {
            asm.emit(MOV, NeonRegisters.row(0), TILE_LHS);
            for (int group = 1; group < groups(); group++) {
                asm.emit(ADD, NeonRegisters.row(group), NeonRegisters.row(group - 1), LHS_STRIDE);
            }
            asm.emit(MOV, INDEX, new Imm(0));
        }

        @Override
        void load(Scalar to, int group) {
            asm.emit(LDR, to, Mem.at(NeonRegisters.row(group), INDEX));
        }

        @Override
        void address(Gpr to, int group) {
            asm.emit(ADD, to, NeonRegisters.row(group), INDEX);
        }

        @Override
        void advance(int bytes) {
            asm.emit(ADD, INDEX, INDEX, new Imm(bytes));
        }

        @Override
        void nextTile() {
            asm.emit(MOV, SCRATCH, new Imm(groups()));
            asm.emit(MADD, TILE_LHS, SCRATCH, LHS_STRIDE, TILE_LHS);
        }
    }
}
