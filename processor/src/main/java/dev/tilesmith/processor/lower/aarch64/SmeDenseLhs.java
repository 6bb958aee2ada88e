package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.CSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_STEP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.PACKED;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROWS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SOURCE;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.STEPS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;

/** Rows at the same distance from each other, which are packed first; a single one is read where it lies. */
final class SmeDenseLhs implements SmeLhs {
    private final Assembler asm;

    SmeDenseLhs(Assembler asm) {
        this.asm = asm;
    }

    @Override
    public void enter() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.LHS_OFFSET));
        asm.emit(ADD, LHS, LHS, SCRATCH);
    }

    @Override
    public void pack() {
        SmePacking.emit(asm);
    }

    @Override
    public void beginPanel() {
        asm.emit(MOV, SOURCE, LHS);
        asm.emit(LDR, PACKED, Mem.at(ARGUMENTS, NativeArguments.PACKED_LHS));
    }

    /** Packing would not change a single row. */
    @Override
    public void beginTile() {
        asm.emit(CMP, ROWS, new Imm(1));
        asm.emit(CSEL, TILE_LHS, SOURCE, PACKED, Condition.EQ);
    }

    @Override
    public void nextTile() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.LHS_STRIDE));
        asm.emit(MADD, SOURCE, ROWS, SCRATCH, SOURCE);
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(MADD, PACKED, STEPS, LHS_STEP, PACKED);
    }
}
