package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SOURCE;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Mem;

/** Tiles of rows at the same distance from each other, which the quantizer has packed. */
final class SmePackedLhs implements SmeLhs {
    private final Assembler asm;

    SmePackedLhs(Assembler asm) {
        this.asm = asm;
    }

    @Override
    public void enter() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.LHS_OFFSET));
        asm.emit(ADD, LHS, LHS, SCRATCH);
    }

    @Override
    public void pack() {} // they are

    @Override
    public void beginPanel() {
        asm.emit(MOV, SOURCE, LHS);
    }

    @Override
    public void beginTile() {
        asm.emit(MOV, TILE_LHS, SOURCE);
    }

    @Override
    public void nextTile() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.LHS_STRIDE));
        asm.emit(ADD, SOURCE, SOURCE, SCRATCH);
    }
}
