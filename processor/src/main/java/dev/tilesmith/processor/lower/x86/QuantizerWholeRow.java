package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Vec;

/** Quantizes the values of a row that has no blocks, chunk by chunk. */
final class QuantizerWholeRow {
    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final QuantizerTail tail;
    private final HalvesAway halvesAway;
    private final QuantizerPacking packing;

    QuantizerWholeRow(QuantizerVectors vectors, QuantizerTail tail, HalvesAway halvesAway, QuantizerPacking packing) {
        this.asm = vectors.asm();
        this.vectors = vectors;
        this.tail = tail;
        this.halvesAway = halvesAway;
        this.packing = packing;
    }

    void emit() {
        final Label afterChunks = new Label("tail");
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
        final Label loop = new Label("values");
        asm.align(32);
        asm.bind(loop);
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            asm.emit(VMULPS, value(v), vectors.vector(SCALE), vectors.source(RAX, v));
            halvesAway.round(value(v));
        }
        packing.store();
        asm.emit(ADD, RDX, new Imm(packing.chunkBytes()));
        asm.emit(ADD, RAX, new Imm(vectors.chunkBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, loop);
    }

    private void afterChunks() {
        final Label done = new Label("row_done");
        tail.skip(done);
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            tail.load(value(v), v);
            asm.emit(VMULPS, value(v), value(v), vectors.vector(SCALE));
            halvesAway.round(value(v));
        }
        packing.store();
        asm.bind(done);
    }
}
