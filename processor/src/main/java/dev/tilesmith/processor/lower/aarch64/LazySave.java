package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.BRK;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MRS;
import static dev.tilesmith.processor.asm.aarch64.Op.MSR;
import static dev.tilesmith.processor.asm.aarch64.Op.RDSVL;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.SystemRegister;
import dev.tilesmith.processor.asm.aarch64.ZaVectors;

/**
 * Saves ZA for a caller that has left something in it, as a function must that uses ZA for itself: TPIDR2_EL0 points to a
 * block that says where (AAPCS64, "The ZA lazy saving scheme"). It does what {@code __arm_tpidr2_save} does, which code
 * without a linker cannot call, and clears TPIDR2_EL0. A block with reserved bytes set is of a version of the standard
 * that nothing is known of: then it stops the process, as the standard asks.
 */
final class LazySave {
    private static final Gpr BLOCK = Gpr.x(16);
    private static final Gpr BUFFER = Gpr.x(17);
    private static final Gpr SLICES = Gpr.x(9);
    private static final Gpr RESERVED = Gpr.x(10);
    private static final Gpr BYTES = Gpr.x(11);
    private static final Gpr SLICE = Gpr.x(12);

    /** Bytes of the block: a pointer, 16 bits of slices, and the reserved ones. */
    private static final int SLICES_OFFSET = 8;

    private static final int SLICES_BITS = 16;

    private LazySave() {}

    /** Adds the code. It changes x9 to x12, x16 and x17 alone. */
    static void emit(Assembler asm) {
        final Label slice = new Label("save_slice");
        final Label saved = new Label("saved");
        final Label none = new Label("nothing_to_save");
        asm.emit(MRS, BLOCK, SystemRegister.TPIDR2_EL0);
        asm.emit(CBZ, BLOCK, none);
        asm.emit(LDR, BUFFER, Mem.at(BLOCK));
        asm.emit(LDR, SLICES, Mem.at(BLOCK, SLICES_OFFSET));
        asm.emit(LSR, RESERVED, SLICES, new Imm(SLICES_BITS));
        asm.emit(CBZ, RESERVED, new Label("block_known"));
        asm.emit(BRK, new Imm(1));
        asm.bind(new Label("block_known"));
        asm.emit(CBZ, BUFFER, saved);
        asm.emit(CBZ, SLICES, saved);
        asm.emit(RDSVL, BYTES, new Imm(1));
        asm.emit(MOV, SLICE, new Imm(0));
        asm.bind(slice);
        asm.emit(STR, ZaVectors.za(SLICE.w(), 0), Mem.at(BUFFER));
        asm.emit(ADD, BUFFER, BUFFER, BYTES);
        asm.emit(ADD, SLICE, SLICE, new Imm(1));
        asm.emit(CMP, SLICE, SLICES);
        asm.emit(B_NE, slice);
        asm.bind(saved);
        asm.emit(MSR, SystemRegister.TPIDR2_EL0, Gpr.XZR);
        asm.bind(none);
    }
}
