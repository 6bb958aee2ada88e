package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTF128;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTF64X4;
import static dev.tilesmith.processor.asm.x86.Op.VMOVHLPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSHDUP;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Vec;

/** Reductions over the lanes of a vector. */
final class Lanes {
    private Lanes() {}

    /** Leaves in the first lane of {@code all} what {@code op} makes of all its lanes. */
    static void reduce(Assembler asm, Isa isa, Op op, Vec all, Vec scratch) {
        if (isa == Isa.AVX512) {
            asm.emit(VEXTRACTF64X4, scratch.as(256), all, new Imm(1));
            asm.emit(op, all.as(256), all.as(256), scratch.as(256));
        }
        final Vec low = all.as(128);
        final Vec high = scratch.as(128);
        asm.emit(VEXTRACTF128, high, all.as(256), new Imm(1));
        asm.emit(op, low, low, high);
        asm.emit(VMOVHLPS, high, low, low);
        asm.emit(op, low, low, high);
        asm.emit(VMOVSHDUP, high, low);
        asm.emit(op, low, low, high);
    }
}
