package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.STRB;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.CHUNK_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TO;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.WRITTEN;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.K;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;

/** Quantizes the values of a row that has no blocks, {@code [k/kr][rows of a group][kr]}, with zeros up to a whole chunk. */
final class QuantizerWholeRow {
    private static final QuantizerLoop.Labels LABELS = new QuantizerLoop.Labels("values", "values");

    private final Assembler asm;
    private final QuantizerLoop loop;
    private final QuantizerScale scale;
    private final QuantizerValues values;
    private final int kr;

    QuantizerWholeRow(Assembler asm, QuantizerLoop loop, QuantizerScale scale, QuantizerValues values, int kr) {
        this.asm = asm;
        this.loop = loop;
        this.scale = scale;
        this.values = values;
        this.kr = kr;
    }

    void emit() {
        loop.emit(LABELS, K, this::atOnce, this::rest);
    }

    private void atOnce() {
        for (int v = 0; v < QuantizerValues.VECTORS; v++) {
            scale.toIntegers(V.s4(QuantizerValues.FIRST + v));
        }
        values.narrow(QuantizerValues.FIRST);
        values.store(QuantizerValues.FIRST, TO);
    }

    private void rest() {
        asm.emit(MOV, WRITTEN, new Imm(0));
        loop.oneByOne("value", this::one);
        asm.emit(CBZ, WRITTEN, LABELS.done());
        final Label zero = new Label("zero");
        asm.bind(zero);
        asm.emit(STRB, Gpr.WZR, Mem.after(TO, 1));
        asm.emit(ADD, WRITTEN, WRITTEN, new Imm(1));
        asm.emit(CMP, WRITTEN, new Imm(kr));
        asm.emit(B_NE, zero);
        interleaveChunk();
    }

    private void one() {
        final Label open = new Label("chunk_open");
        scale.toIntegers(V.s4(QuantizerValues.FIRST));
        values.narrow(QuantizerValues.FIRST);
        values.storeFirst(TO);
        asm.emit(ADD, WRITTEN, WRITTEN, new Imm(1));
        asm.emit(CMP, WRITTEN, new Imm(kr));
        asm.emit(B_NE, open);
        interleaveChunk();
        asm.emit(MOV, WRITTEN, new Imm(0));
        asm.emit(ADD, TO, TO, CHUNK_STRIDE);
        asm.emit(SUB, TO, TO, new Imm(kr));
        asm.bind(open);
    }

    /** Brings a chunk that has been written value by value into the order of the weights. */
    private void interleaveChunk() {
        if (values.areInterleaved()) {
            asm.emit(SUB, SCRATCH, TO, new Imm(kr));
            asm.emit(LDR, Scalar.s(QuantizerValues.FIRST), Mem.at(SCRATCH));
            values.interleave(QuantizerValues.FIRST);
            asm.emit(STR, Scalar.s(QuantizerValues.FIRST), Mem.at(SCRATCH));
        }
    }
}
