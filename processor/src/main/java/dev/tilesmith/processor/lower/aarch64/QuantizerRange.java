package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.BIT;
import static dev.tilesmith.processor.asm.aarch64.Op.FCMGT;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAXV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMINV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.FROM;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.MAX;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.MIN;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TEMPORARY;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.K;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRows.SOURCE;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Op;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;

/** Finds the bounds of a row, from 0 on, and leaves them in the first lanes of {@code MIN} and {@code MAX}. */
final class QuantizerRange {
    private static final QuantizerLoop.Labels LABELS = new QuantizerLoop.Labels("range", "range");

    private final Assembler asm;
    private final QuantizerLoop loop;

    QuantizerRange(Assembler asm, QuantizerLoop loop) {
        this.asm = asm;
        this.loop = loop;
    }

    void emit() {
        for (int v = 0; v < QuantizerValues.VECTORS; v++) {
            asm.emit(MOVI, V.s4(MIN + v), new Imm(0));
            asm.emit(MOVI, V.s4(MAX + v), new Imm(0));
        }
        asm.emit(MOV, FROM, SOURCE);
        loop.emit(LABELS, K, this::widenAll, () -> loop.oneByOne("range_one", () -> widen(0)));
        reduce(FMIN, FMINV, MIN);
        reduce(FMAX, FMAXV, MAX);
    }

    private void widenAll() {
        for (int v = 0; v < QuantizerValues.VECTORS; v++) {
            widen(v);
        }
    }

    /** A comparison with NaN is false: NaN changes neither bound. */
    private void widen(int vector) {
        final V value = V.s4(QuantizerValues.FIRST + vector);
        final V chosen = V.s4(TEMPORARY + vector);
        asm.emit(FCMGT, chosen, V.s4(MIN + vector), value);
        asm.emit(BIT, V.b16(MIN + vector), value.as(Arrangement.B16), chosen.as(Arrangement.B16));
        asm.emit(FCMGT, chosen, value, V.s4(MAX + vector));
        asm.emit(BIT, V.b16(MAX + vector), value.as(Arrangement.B16), chosen.as(Arrangement.B16));
    }

    private void reduce(Op two, Op all, int bound) {
        asm.emit(two, V.s4(bound), V.s4(bound), V.s4(bound + 1));
        asm.emit(two, V.s4(bound + 2), V.s4(bound + 2), V.s4(bound + 3));
        asm.emit(two, V.s4(bound), V.s4(bound), V.s4(bound + 2));
        asm.emit(all, Scalar.s(bound), V.s4(bound));
    }
}
