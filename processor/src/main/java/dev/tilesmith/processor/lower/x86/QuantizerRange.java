package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.XOR;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Vec;

/** Finds the bounds of a row, from 0 on, and leaves them in the first lanes of the first registers of either. */
final class QuantizerRange {
    /** The first of as many registers as there are vectors in a chunk. */
    private static final int VALUE = 2 * QuantizerVectors.AT_ONCE;

    private final Assembler asm;
    private final QuantizerVectors vectors;
    private final QuantizerTail tail;

    QuantizerRange(QuantizerVectors vectors, QuantizerTail tail) {
        this.asm = vectors.asm();
        this.vectors = vectors;
        this.tail = tail;
    }

    private Vec min(int vector) {
        return vectors.vector(QuantizerRegisters.min(vector));
    }

    private Vec max(int vector) {
        return vectors.vector(QuantizerRegisters.max(vector));
    }

    void emit() {
        final Label afterChunks = new Label("range_tail");
        for (int i = 0; i < VALUE; i++) {
            vectors.clear(i);
        }
        asm.emit(XOR, RAX.as(32), RAX.as(32));
        asm.emit(TEST, R11, R11);
        asm.emit(JE, afterChunks);
        chunks();
        asm.bind(afterChunks);
        afterChunks();
        for (int v = 1; v < QuantizerVectors.AT_ONCE; v++) {
            asm.emit(VMINPS, min(0), min(0), min(v));
            asm.emit(VMAXPS, max(0), max(0), max(v));
        }
        Lanes.reduce(asm, vectors.isa(), VMINPS, min(0), min(1));
        Lanes.reduce(asm, vectors.isa(), VMAXPS, max(0), max(1));
    }

    private void chunks() {
        final Label loop = new Label("range");
        asm.align(32);
        asm.bind(loop);
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            final Vec value = vectors.vector(VALUE + v);
            asm.emit(VMOVUPS, value, vectors.source(RAX, v));
            widen(value, v);
        }
        asm.emit(ADD, RAX, new Imm(vectors.chunkBytes()));
        asm.emit(CMP, RAX, R11);
        asm.emit(JL, loop);
    }

    private void afterChunks() {
        final Label done = new Label("range_done");
        tail.skip(done, RAX);
        for (int v = 0; v < QuantizerVectors.AT_ONCE; v++) {
            final Vec value = vectors.vector(VALUE);
            tail.load(value, v);
            widen(value, v);
        }
        asm.bind(done);
    }

    /** min and max give their second source where the first is NaN. */
    private void widen(Vec value, int vector) {
        asm.emit(VMINPS, min(vector), value, min(vector));
        asm.emit(VMAXPS, max(vector), value, max(vector));
    }
}
