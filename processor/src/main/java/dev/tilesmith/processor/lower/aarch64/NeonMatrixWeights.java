package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.AND;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTL;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.USHR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP2;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PanelLayout;

/**
 * Reads a panel of weights for matrix blocks: of four bits, {@code [k/16][nr][8]} bytes of which each holds a value of the
 * first eight in its low bits and one of the second in its high bits, or of eight, {@code [k/8][nr][8]}; then the scales of
 * the block, where it has some, and its minima. A vector has two columns.
 *
 * <p>What {@link NeonMatrixDecoding} has written has weights of four bits as those of eight, and the scales, then the
 * minima, of each two columns twice, as the lanes of sums of two rows and two columns are.
 */
final class NeonMatrixWeights {
    /** Where scales are that were decoded, if the values beside them were not. No tile has so many rows. */
    private static final Gpr SCALES = NeonRegisters.row(NeonRegisters.MAX_ROWS - 1);

    private static final int VECTOR_BYTES = 16;
    private static final int NIBBLE = 15;
    private static final int NIBBLE_BITS = 4;

    private final Assembler asm;
    private final Program program;
    private final boolean decoded;
    private final boolean nibbles;

    /**
     * The weights of a panel.
     *
     * @param decoded whether they are read as they were decoded
     */
    NeonMatrixWeights(Assembler asm, Program program, boolean decoded) {
        this.asm = asm;
        this.program = program;
        this.decoded = decoded;
        this.nibbles = program.step().stream().anyMatch(Op.LoadNibbles.class::isInstance);
    }

    /** Pairs of columns. */
    int pairs() {
        return program.nr() / 2;
    }

    /** Whether values have four bits where they are read. */
    boolean areNibbles() {
        return nibbles && !decoded;
    }

    /** Whether values are decoded, or would be: those of eight bits are read as they are packed. */
    boolean decodesValues() {
        return nibbles;
    }

    private boolean scalesAreApart() {
        return decoded && !nibbles;
    }

    /** Whether blocks have minima. */
    boolean haveMins() {
        return program.end().stream()
                .anyMatch(op -> op instanceof Op.LoadF16(Register _, Cell from) && from.operand() == Operand.BLOCK_MIN);
    }

    /** Sets the pointers to the start of the panel. */
    void begin() {
        if (scalesAreApart()) {
            asm.emit(LDR, SCALES, Mem.at(ARGUMENTS, NativeArguments.DECODED));
        }
        if (decoded && nibbles) {
            asm.emit(LDR, PANEL, Mem.at(ARGUMENTS, NativeArguments.DECODED));
        } else {
            asm.emit(MOV, PANEL, RHS);
        }
    }

    /** Sets the mask of the low bits, where values have four bits. */
    void setMask(V mask) {
        if (areNibbles()) {
            asm.emit(MOVI, mask, new Imm(NIBBLE));
        }
    }

    /**
     * Loads eight values along K of a pair of columns.
     *
     * @param eight which eight values after the panel's pointer
     */
    void load(V to, int eight, int pair, V mask) {
        final int part = areNibbles() ? eight / 2 : eight;
        asm.emit(LDR, Scalar.q(to.index()), Mem.at(PANEL, (part * pairs() + pair) * (long) VECTOR_BYTES));
        if (!areNibbles()) {
            return;
        }
        if (eight % 2 != 0) {
            asm.emit(USHR, to, to, new Imm(NIBBLE_BITS));
        } else {
            asm.emit(AND, to, to, mask);
        }
    }

    private long groupBytes() {
        return PanelLayout.INT4_GROUP * (long) program.nr() / (areNibbles() ? 2 : 1);
    }

    /** Moves the panel's pointer over {@value PanelLayout#INT4_GROUP} values. */
    void advance() {
        asm.emit(ADD, PANEL, PANEL, new Imm(groupBytes()));
    }

    private boolean scalesAre(Class<? extends Op> kind) {
        return program.end().stream().anyMatch(kind::isInstance);
    }

    /** Sets what loads of scales want: zero, where these are BF16. */
    void setZero(V zero) {
        if (!decoded && scalesAre(Op.LoadBf16.class)) {
            asm.emit(MOVI, zero, new Imm(0));
        }
    }

    /** The scales of four columns; the panel's pointer is where the block's scales are. */
    OfColumns scales(int vector) {
        return new OfColumns(scalesAreApart() ? SCALES : PANEL, vector * vectorBytes());
    }

    /**
     * The minima of four columns.
     *
     * @param groups groups of {@value PanelLayout#INT4_GROUP} values from the panel's pointer to the block's scales
     */
    OfColumns mins(int vector, int groups) {
        return new OfColumns(PANEL, groups * groupBytes() + (program.vectors() + vector) * vectorBytes());
    }

    /** What four columns have in a block. */
    final class OfColumns {
        private final Gpr from;
        private final long at;

        private OfColumns(Gpr from, long at) {
            this.from = from;
            this.at = at;
        }

        /** Loads one for each column, where panels are not decoded. {@code zero} is what {@link #setZero} has set. */
        void load(V to, V zero) {
            if (scalesAre(Op.LoadBf16.class)) {
                asm.emit(LDR, Scalar.d(to.index()), Mem.at(from, at));
                asm.emit(ZIP1, to.as(Arrangement.H8), zero.as(Arrangement.H8), to.as(Arrangement.H8));
            } else if (scalesAre(Op.LoadF16.class)) {
                asm.emit(LDR, Scalar.d(to.index()), Mem.at(from, at));
                asm.emit(FCVTL, to, to.as(Arrangement.H4));
            } else {
                asm.emit(LDR, Scalar.q(to.index()), Mem.at(from, at));
            }
        }

        /** Loads those of each two columns twice, as the lanes of sums of two rows and two columns are. */
        void loadTwice(V first, V second, V zero) {
            if (decoded) {
                asm.emit(LDR, Scalar.q(first.index()), Mem.at(from, at));
                asm.emit(LDR, Scalar.q(second.index()), Mem.at(from, at + VECTOR_BYTES));
                return;
            }
            load(second, zero);
            final V both = second.as(Arrangement.D2);
            asm.emit(ZIP1, first.as(Arrangement.D2), both, both);
            asm.emit(ZIP2, both, both, both);
        }
    }

    /** Bytes of the scales of four columns, or of their minima. */
    private long vectorBytes() {
        if (decoded) {
            return 2 * VECTOR_BYTES;
        }
        return scalesAre(Op.LoadBf16.class) || scalesAre(Op.LoadF16.class) ? VECTOR_BYTES / 2 : VECTOR_BYTES;
    }

    /** Moves the pointers over the scales of a block, and its minima. */
    void advanceScales() {
        final long bytes = program.vectors() * vectorBytes() * (haveMins() ? 2 : 1);
        if (scalesAreApart()) {
            asm.emit(ADD, SCALES, SCALES, new Imm(bytes));
            asm.emit(ADD, PANEL, PANEL, new Imm(program.nr() * (long) Short.BYTES));
        } else {
            asm.emit(ADD, PANEL, PANEL, new Imm(bytes));
        }
    }
}
