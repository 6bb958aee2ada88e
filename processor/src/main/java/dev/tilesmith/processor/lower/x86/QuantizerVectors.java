package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.VEXTRACTI128;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU;
import static dev.tilesmith.processor.asm.x86.Op.VMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVDB;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVDW;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;

/**
 * The vectors of a function that quantizes rows, as wide as the instruction set has them. Rows without blocks are taken in
 * chunks of several.
 */
record QuantizerVectors(Assembler asm, Isa isa) {
    /** Vectors of a chunk: they are taken at once, and make one vector of bytes. */
    static final int AT_ONCE = 4;

    /** A register in all its width. */
    Vec vector(int index) {
        return new Vec(isa.bits(), index);
    }

    /** Bytes of a vector. */
    int bytes() {
        return isa.bits() / 8;
    }

    /** Values of a chunk. */
    int chunk() {
        return AT_ONCE * isa.lanes();
    }

    /** Bytes of a chunk of f32s. */
    int chunkBytes() {
        return AT_ONCE * bytes();
    }

    /** A vector of the chunk at an offset into the row. */
    Mem source(Gpr offset, int vector) {
        return mem(RSI, offset, 1, vector * bytes());
    }

    /** A constant in memory. */
    Mem constant(float value) {
        return Mem.at(asm.constant(new float[] {value}, Float.BYTES));
    }

    /** A constant in memory. */
    Mem constant(int value) {
        return Mem.at(asm.constant(new int[] {value}, Integer.BYTES));
    }

    /** A constant in memory, for four rows. */
    Mem constants(float value) {
        return Mem.at(asm.constant(new float[] {value, value, value, value}, 4 * Float.BYTES));
    }

    /** A constant in memory, for four rows. */
    Mem constants(int value) {
        return Mem.at(asm.constant(new int[] {value, value, value, value}, 4 * Integer.BYTES));
    }

    /** Stores integers within a byte as such; AVX2 has a register more for it, in which nothing is kept. */
    void storeBytes(Mem to, Vec integers, int temporary) {
        if (isa == Isa.AVX512) {
            asm.emit(VPMOVDB, to, integers);
            return;
        }
        final Vec bytes = packWords(integers, temporary);
        asm.emit(VPACKSSWB, bytes, bytes, bytes);
        asm.emit(VMOVQ, to, bytes);
    }

    /** Stores integers within 16 bits as such, likewise. */
    void storeWords(Mem to, Vec integers, int temporary) {
        if (isa == Isa.AVX512) {
            asm.emit(VPMOVDW, to, integers);
        } else {
            asm.emit(VMOVDQU, to, packWords(integers, temporary));
        }
    }

    private Vec packWords(Vec integers, int temporary) {
        final Vec words = Vec.xmm(temporary);
        asm.emit(VEXTRACTI128, words, integers, new Imm(1));
        asm.emit(VPACKSSDW, words, integers.as(128), words);
        return words;
    }

    /** Makes a register zero. */
    void clear(int index) {
        asm.emit(VXORPS, Vec.xmm(index), Vec.xmm(index), Vec.xmm(index));
    }
}
