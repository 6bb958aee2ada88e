package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.BZHI;
import static dev.tilesmith.processor.asm.x86.Op.CMOVS;
import static dev.tilesmith.processor.asm.x86.Op.KMOVW;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPCMPGTD;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_2;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_3;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;

/**
 * Which columns of a panel's vectors are stored: those among as many as the scratch register says, which stays as it is.
 *
 * @param isa by which they are masked
 */
record ColumnMasks(Assembler asm, Isa isa) {
    /** Sets that of a vector. */
    void set(int vector) {
        if (isa == Isa.AVX512) {
            maskRegister(vector);
        } else {
            maskInMemory(vector);
        }
    }

    /** The lowest bits of a mask register, one for each of the vector's columns among those in the scratch register. */
    private void maskRegister(int vector) {
        asm.emit(XOR, SCRATCH_2.as(32), SCRATCH_2.as(32));
        asm.emit(MOV, SCRATCH_3, SCRATCH);
        asm.emit(SUB, SCRATCH_3, new Imm(vector * (long) isa.lanes()));
        asm.emit(CMOVS, SCRATCH_3, SCRATCH_2);
        asm.emit(MOV, SCRATCH_2.as(32), new Imm(-1));
        asm.emit(BZHI, SCRATCH_2.as(32), SCRATCH_2.as(32), SCRATCH_3.as(32));
        asm.emit(KMOVW, FamilyRegisters.columnMask(vector), SCRATCH_2.as(32));
    }

    /** All ones in the lanes of the vector's columns among those in the scratch register: where the lane's number is less than theirs. */
    private void maskInMemory(int vector) {
        final Vec count = Vec.xmm(0);
        asm.emit(LEA, SCRATCH_2, mem(SCRATCH, -vector * isa.lanes()));
        asm.emit(VMOVD, count, SCRATCH_2.as(32));
        asm.emit(VPBROADCASTD, Vec.ymm(0), count);
        asm.emit(VPCMPGTD, Vec.ymm(0), Vec.ymm(0), Mem.at(asm.constant(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, 32)));
        asm.emit(VMOVDQU, FamilyRegisters.columnMaskInMemory(vector), Vec.ymm(0));
    }
}
