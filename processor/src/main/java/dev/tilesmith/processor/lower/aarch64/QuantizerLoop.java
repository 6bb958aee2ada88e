package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADDS;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_GE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.FROM;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.LEFT;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;

/** The loop over values of a row: {@value QuantizerValues#AT_ONCE} at once, and the rest one by one. */
final class QuantizerLoop {
    private final Assembler asm;
    private final QuantizerValues values;

    QuantizerLoop(Assembler asm, QuantizerValues values) {
        this.asm = asm;
        this.values = values;
    }

    /**
     * Where the code of a loop begins, of what is left after it, and of what comes then.
     *
     * @param loop its name
     * @param name what the names of the others begin with
     */
    record Labels(String loop, String name) {
        Label rest() {
            return new Label(name + "_rest");
        }

        Label done() {
            return new Label(name + "_done");
        }
    }

    /**
     * Adds the loop.
     *
     * @param count values that there are
     * @param atOnce what is done with the values of all registers
     * @param rest what is done if there are values left
     */
    void emit(Labels labels, Gpr count, Runnable atOnce, Runnable rest) {
        final Label loop = new Label(labels.loop());
        asm.emit(SUBS, LEFT, count, new Imm(QuantizerValues.AT_ONCE));
        asm.emit(B_LT, labels.rest());
        asm.bind(loop);
        values.load(FROM, QuantizerValues.VECTORS);
        atOnce.run();
        asm.emit(SUBS, LEFT, LEFT, new Imm(QuantizerValues.AT_ONCE));
        asm.emit(B_GE, loop);
        asm.bind(labels.rest());
        asm.emit(ADDS, LEFT, LEFT, new Imm(QuantizerValues.AT_ONCE));
        asm.emit(B_EQ, labels.done());
        rest.run();
        asm.bind(labels.done());
    }

    /** Adds a loop over the values that are left, each in the first lane of a vector whose other lanes are zero. */
    void oneByOne(String name, Runnable value) {
        final Label one = new Label(name);
        asm.bind(one);
        asm.emit(LDR, Scalar.s(QuantizerValues.FIRST), Mem.after(FROM, Float.BYTES));
        value.run();
        asm.emit(SUBS, LEFT, LEFT, new Imm(1));
        asm.emit(B_NE, one);
    }
}
