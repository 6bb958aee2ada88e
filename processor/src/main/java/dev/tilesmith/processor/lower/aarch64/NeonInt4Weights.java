package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.AND;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.USHR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;

/**
 * Reads a panel of weights of four bits for matrix blocks, {@code [k/16][nr][8]} bytes of which each holds a value of the
 * first eight in its low bits and one of the second in its high bits; then the scales of the block, where it has some. A
 * vector has two columns.
 */
final class NeonInt4Weights {
    private static final int VECTOR_BYTES = 16;
    private static final int NIBBLE = 15;
    private static final int NIBBLE_BITS = 4;

    private final Assembler asm;
    private final Program program;

    NeonInt4Weights(Assembler asm, Program program) {
        this.asm = asm;
        this.program = program;
    }

    /** Pairs of columns. */
    int pairs() {
        return program.nr() / 2;
    }

    /** Sets the mask of the low bits. */
    void setMask(V mask) {
        asm.emit(MOVI, mask, new Imm(NIBBLE));
    }

    /**
     * Loads eight values along K of a pair of columns.
     *
     * @param sixteen which sixteen values after the panel's pointer
     */
    void load(V to, int sixteen, boolean high, int pair, V mask) {
        asm.emit(LDR, Scalar.q(to.index()), Mem.at(PANEL, (sixteen * pairs() + pair) * (long) VECTOR_BYTES));
        if (high) {
            asm.emit(USHR, to, to, new Imm(NIBBLE_BITS));
        } else {
            asm.emit(AND, to, to, mask);
        }
    }

    /** Moves the panel's pointer over {@code k} values. */
    void advance(int k) {
        asm.emit(ADD, PANEL, PANEL, new Imm(k * (long) program.nr() / 2));
    }

    private boolean hasBf16Scales() {
        return program.end().stream().anyMatch(Op.LoadBf16.class::isInstance);
    }

    /** Sets what {@link #loadScales} wants: zero, where scales are BF16. */
    void setZero(V zero) {
        if (hasBf16Scales()) {
            asm.emit(MOVI, zero, new Imm(0));
        }
    }

    /**
     * Loads the scales of four columns, those of each two twice, as the lanes of sums of two rows and two columns are. The
     * panel's pointer is where the block's scales are.
     */
    void loadScales(V first, V second, int vector, V zero) {
        final int scale = second.index();
        if (hasBf16Scales()) {
            asm.emit(LDR, Scalar.d(scale), Mem.at(PANEL, vector * (long) VECTOR_BYTES / 2));
            asm.emit(ZIP1, second.as(Arrangement.H8), zero.as(Arrangement.H8), second.as(Arrangement.H8));
        } else {
            asm.emit(LDR, Scalar.q(scale), Mem.at(PANEL, vector * (long) VECTOR_BYTES));
        }
        final V both = second.as(Arrangement.D2);
        asm.emit(ZIP1, first.as(Arrangement.D2), both, both);
        asm.emit(ZIP2, both, both, both);
    }

    /** Moves the panel's pointer over the scales of a block. */
    void advanceScales() {
        asm.emit(ADD, PANEL, PANEL, new Imm(program.nr() * (long) (hasBf16Scales() ? Short.BYTES : Float.BYTES)));
    }
}
