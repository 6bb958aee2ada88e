package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADDS;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_GE;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.STEPS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import java.util.function.IntConsumer;

/** The loop over K: several steps at once, and the rest one by one. */
final class SmeLoop {
    /** Steps that are taken together: as many as the registers have vectors for. */
    static final int AT_ONCE = 4;

    private static final int ALIGNMENT = 32;

    private SmeLoop() {}

    /** Adds the loop, {@code steps} adding the code of as many steps as it is given. */
    static void emit(Assembler asm, String name, IntConsumer steps) {
        final Label loop = new Label(name + "_loop");
        final Label rest = new Label(name + "_rest");
        final Label step = new Label(name + "_step");
        final Label done = new Label(name + "_summed");
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(SUBS, STEPS, STEPS, new Imm(AT_ONCE));
        asm.emit(B_LT, rest);
        asm.align(ALIGNMENT);
        asm.bind(loop);
        steps.accept(AT_ONCE);
        asm.emit(SUBS, STEPS, STEPS, new Imm(AT_ONCE));
        asm.emit(B_GE, loop);
        asm.bind(rest);
        asm.emit(ADDS, STEPS, STEPS, new Imm(AT_ONCE));
        asm.emit(B_EQ, done);
        asm.bind(step);
        steps.accept(1);
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, step);
        asm.bind(done);
    }
}
