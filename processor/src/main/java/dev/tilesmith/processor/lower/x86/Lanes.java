package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTF128;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTF64X4;
import static dev.tilesmith.processor.asm.x86.Op.VMOVHLPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSHDUP;
import static dev.tilesmith.processor.asm.x86.Op.VUNPCKHPD;
import static dev.tilesmith.processor.asm.x86.Op.VUNPCKHPS;
import static dev.tilesmith.processor.asm.x86.Op.VUNPCKLPD;
import static dev.tilesmith.processor.asm.x86.Op.VUNPCKLPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Vec;
import java.util.List;

/** Reductions over the lanes of a vector. */
final class Lanes {
    private Lanes() {}

    /** Leaves in the first lane of {@code all} what {@code op} makes of all its lanes. */
    static void reduce(Assembler asm, Isa isa, Op op, Vec all, Vec scratch) {
        final Vec low = all.as(128);
        final Vec high = scratch.as(128);
        reduceToFour(asm, isa, op, all, scratch);
        asm.emit(VMOVHLPS, high, low, low);
        asm.emit(op, low, low, high);
        asm.emit(VMOVSHDUP, high, low);
        asm.emit(op, low, low, high);
    }

    /**
     * Leaves in each of the first four lanes of the first of four vectors what {@code op} makes of all lanes of one of them. All four are
     * used.
     */
    static void reduceEach(Assembler asm, Isa isa, Op op, List<Vec> four, Vec scratch) {
        final Vec first = four.getFirst();
        final Vec third = four.get(2);
        interleave(asm, op, VUNPCKLPS, VUNPCKHPS, first, four.get(1), scratch);
        interleave(asm, op, VUNPCKLPS, VUNPCKHPS, third, four.get(3), scratch);
        interleave(asm, op, VUNPCKLPD, VUNPCKHPD, first, third, scratch);
        reduceToFour(asm, isa, op, first, scratch);
    }

    /** Leaves in {@code to}, in turns, what {@code op} makes of lanes of it and of {@code other}. */
    private static void interleave(Assembler asm, Op op, Op low, Op high, Vec to, Vec other, Vec scratch) {
        asm.emit(low, scratch, to, other);
        asm.emit(high, to, to, other);
        asm.emit(op, to, to, scratch);
    }

    /** Leaves in the first four lanes what {@code op} makes of all lanes that are a multiple of four apart. */
    private static void reduceToFour(Assembler asm, Isa isa, Op op, Vec all, Vec scratch) {
        if (isa == Isa.AVX512) {
            asm.emit(VEXTRACTF64X4, scratch.as(256), all, new Imm(1));
            asm.emit(op, all.as(256), all.as(256), scratch.as(256));
        }
        asm.emit(VEXTRACTF128, scratch.as(128), all.as(256), new Imm(1));
        asm.emit(op, all.as(128), all.as(128), scratch.as(128));
    }
}
