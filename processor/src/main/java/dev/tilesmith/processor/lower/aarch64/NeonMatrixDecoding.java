package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.STP;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Program;

/**
 * Decodes the panel at hand once for all of its tiles, where the argument block says: weights of four bits or two become bytes,
 * {@code [k/8][nr][8]}, and after those of a block come its scales, if it has some, as f32s, of each two columns twice, and
 * its minima. Of weights of eight bits the scales alone are written.
 */
final class NeonMatrixDecoding {
    /** Where the next bytes go; blocks still to do. */
    private static final Gpr TO = INDEX;

    private static final Gpr LEFT = SCRATCH;

    private static final int KR = 8;
    private static final int PAIR_BYTES = 32;

    /** Registers: pairs that take turns at the values, then the zero and what the weights want. */
    private static final int TURNS = 14;

    private static final V ZERO = V.s4(2 * TURNS);
    private static final int CONSTANTS = 2 * TURNS + 1;

    private final Assembler asm;
    private final Program program;
    private final NeonMatrixWeights weights;

    /** The decoding of panels for a program's tiles, of any rows. */
    NeonMatrixDecoding(Assembler asm, Program program) {
        this.asm = asm;
        this.program = program;
        this.weights = new NeonMatrixWeights(asm, program, false);
    }

    void emit() {
        final Label block = new Label("decode_block");
        final Label group = new Label("decode_group");
        final Label end = new Label("decode_block_end");
        final Label done = new Label("decoded");
        asm.emit(LDR, TO, Mem.at(ARGUMENTS, NativeArguments.DECODED));
        weights.begin();
        weights.setConstants(CONSTANTS);
        weights.setZero(ZERO);
        asm.emit(LDR, LEFT, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, LEFT, done);
        asm.bind(block);
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(CBZ, STEPS, end);
        asm.bind(group);
        if (weights.decodesValues()) {
            values();
        }
        weights.advance();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, group);
        asm.bind(end);
        if (program.contraction().hasTotals()) {
            scales();
        }
        asm.emit(SUBS, LEFT, LEFT, new Imm(1));
        asm.emit(B_NE, block);
        asm.bind(done);
    }

    private void values() {
        int turn = 0;
        for (int eight = 0; eight < PanelLayout.INT4_GROUP / KR; eight++) {
            for (int pair = 0; pair < weights.pairs(); pair += 2) {
                final int first = 2 * (turn++ % TURNS);
                weights.load(V.b16(first), eight, pair, CONSTANTS);
                weights.load(V.b16(first + 1), eight, pair + 1, CONSTANTS);
                store(first);
            }
        }
    }

    private void scales() {
        int turn = 0;
        for (int v = 0; v < program.vectors(); v++) {
            final int first = 2 * (turn++ % TURNS);
            weights.scales(v).loadTwice(V.s4(first), V.s4(first + 1), ZERO);
            store(first);
        }
        for (int v = 0; v < (program.contraction().hasMinima() ? program.vectors() : 0); v++) {
            final int first = 2 * (turn++ % TURNS);
            weights.mins(v, 0).loadTwice(V.s4(first), V.s4(first + 1), ZERO);
            store(first);
        }
        weights.advanceScales();
    }

    private void store(int first) {
        asm.emit(STP, Scalar.q(first), Scalar.q(first + 1), Mem.after(TO, PAIR_BYTES));
    }
}
