package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.PREFETCHT0;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.XOR;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Vec;

/**
 * Quantizes the values of a row that has no blocks, chunk by chunk. A row of the next group is fetched meanwhile: its range is read so fast
 * that the caches do not keep up.
 */
final class QuantizerWholeRow {
    /** Kept by the caller: bytes from a row to that which is fetched. */
    static final Gpr FETCH_AHEAD = R14;

    private static final Gpr FETCH = R15;

    private final String name;
    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final QuantizerTail tail;
    private final QuantizerRounding rounding;
    private final QuantizerPacking packing;

    /**
     * The code of a row.
     *
     * @param name of its labels
     */
    QuantizerWholeRow(
            String name,
            QuantizerVectors vectors,
            QuantizerTail tail,
            QuantizerRounding rounding,
            QuantizerPacking packing) {
        this.name = name;
        this.asm = vectors.asm();
        this.vectors = vectors;
        this.tail = tail;
        this.rounding = rounding;
        this.packing = packing;
    }

    void emit() {
        final Label afterChunks = new Label(name + "_tail");
        rounding.beginRow();
        asm.emit(LEA, FETCH, mem(RSI, FETCH_AHEAD, 1, 0));
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(MOV, RDX, RCX);
        asm.emit(TEST, R11, R11);
        asm.emit(JE, afterChunks);
        chunks();
        asm.bind(afterChunks);
        afterChunks();
    }

    private Vec value(int vector) {
        return vectors.vector(QuantizerRegisters.value(vector));
    }

    private void chunks() {
        final Label loop = new Label(name + "_values");
        asm.align(32);
        asm.bind(loop);
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            rounding.convert(value(v), vectors.source(RAX, v));
            asm.emit(PREFETCHT0, mem(FETCH, RAX, 1, v * vectors.bytes()));
        }
        packing.store(rounding);
        asm.emit(ADD, RDX, new Imm(packing.chunkBytes()));
        asm.emit(ADD, RAX, new Imm(vectors.chunkBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, loop);
    }

    private void afterChunks() {
        final Label done = new Label(name + "_done");
        tail.skip(done, RAX);
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            tail.load(value(v), v);
            rounding.convert(value(v), value(v));
        }
        packing.store(rounding);
        asm.bind(done);
    }
}
