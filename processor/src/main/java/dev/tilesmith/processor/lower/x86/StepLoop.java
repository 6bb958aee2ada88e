package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JGE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.program.Program;

/** The loop of a tile along K: several steps at once as long as there are so many, and the rest one by one. */
final class StepLoop {
    private StepLoop() {}

    /** A pass of the loop. */
    interface Pass {
        /** Takes so many steps. */
        void take(int steps);
    }

    /**
     * Takes as many steps as the counter has, and ends at the tile's label {@code finish}.
     *
     * @param atOnce steps of a pass
     */
    static void emit(Assembler asm, Program program, int atOnce, Pass pass) {
        final Label finish = TileCode.label(program, "finish");
        final Label one = TileCode.label(program, atOnce > 1 ? "step" : "loop");
        if (atOnce > 1) {
            several(asm, program, atOnce, pass);
        } else {
            asm.emit(TEST, COUNT, COUNT);
        }
        asm.emit(JE, finish);
        asm.align(32);
        asm.bind(one);
        pass.take(1);
        asm.emit(DEC, COUNT);
        asm.emit(JNE, one);
        asm.bind(finish);
    }

    /** Leaves counted the steps that are left, with the zero flag if there are none. */
    private static void several(Assembler asm, Program program, int atOnce, Pass pass) {
        final Label loop = TileCode.label(program, "loop");
        final Label rest = TileCode.label(program, "rest");
        asm.emit(SUB, COUNT, new Imm(atOnce));
        asm.emit(JL, rest);
        asm.align(32);
        asm.bind(loop);
        pass.take(atOnce);
        asm.emit(SUB, COUNT, new Imm(atOnce));
        asm.emit(JGE, loop);
        asm.bind(rest);
        asm.emit(ADD, COUNT, new Imm(atOnce));
    }
}
