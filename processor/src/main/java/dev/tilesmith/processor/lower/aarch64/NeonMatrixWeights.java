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

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Program;

/**
 * Reads a panel of weights for matrix blocks: of four bits, {@code [k/16][nr][8]} bytes of which each holds a value of the
 * first eight in its low bits and one of the second in its high bits, of two, {@code [k/32][nr][8]}, or of eight, {@code
 * [k/8][nr][8]}; then the scales of the block, where it has some, and its minima. A vector has two columns.
 *
 * <p>What {@link NeonMatrixDecoding} has written has weights of four bits or two as those of eight, and the scales, then the
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
    private final PanelColumns columns;
    private final boolean decoded;

    /** Values that a byte of the packed panel holds. */
    private final int packedParts;

    /**
     * The weights of a panel.
     *
     * @param decoded whether they are read as they were decoded
     */
    NeonMatrixWeights(Assembler asm, Program program, boolean decoded) {
        this.asm = asm;
        this.program = program;
        this.columns = PanelColumns.of(program);
        this.decoded = decoded;
        this.packedParts = packedParts(program);
    }

    private static int packedParts(Program program) {
        return program.contraction().rhs().stored().parts();
    }

    /** Values that a byte holds where it is read. */
    private int parts() {
        return decoded ? 1 : packedParts;
    }

    /** Registers that constants take. */
    int constants() {
        return switch (parts()) {
            case NeonTable.PARTS -> NeonTable.CONSTANTS;
            case 2 -> 1;
            default -> 0;
        };
    }

    /** Pairs of columns. */
    int pairs() {
        return program.nr() / 2;
    }

    /** Whether values are decoded, or would be: those of eight bits are read as they are packed. */
    boolean decodesValues() {
        return packedParts > 1;
    }

    private boolean scalesAreApart() {
        return decoded && !decodesValues();
    }

    /** Sets the pointers to the start of the panel. */
    void begin() {
        if (scalesAreApart()) {
            asm.emit(LDR, SCALES, Mem.at(ARGUMENTS, NativeArguments.DECODED));
        }
        if (decoded && decodesValues()) {
            asm.emit(LDR, PANEL, Mem.at(ARGUMENTS, NativeArguments.DECODED));
        } else {
            asm.emit(MOV, PANEL, RHS);
        }
    }

    /** Sets the constants, from register {@code first} on: the mask of the low bits, the tables. */
    void setConstants(int first) {
        switch (parts()) {
            case NeonTable.PARTS -> new NeonTable(asm, program, first).begin();
            case 2 -> asm.emit(MOVI, V.b16(first), new Imm(NIBBLE));
            default -> {} // there are none
        }
    }

    /**
     * Loads eight values along K of a pair of columns.
     *
     * @param eight which eight values after the panel's pointer
     * @param constants the first register of the constants
     */
    void load(V to, int eight, int pair, int constants) {
        final int part = eight % parts();
        asm.emit(LDR, Scalar.q(to.index()), Mem.at(PANEL, (eight / parts() * pairs() + pair) * (long) VECTOR_BYTES));
        if (parts() == NeonTable.PARTS) {
            final NeonTable table = new NeonTable(asm, program, constants);
            table.takeBits(to, to, part / 2 != 0);
            table.lookUp(to, to, part % 2 != 0);
        } else if (part != 0) {
            asm.emit(USHR, to, to, new Imm(NIBBLE_BITS));
        } else if (parts() == 2) {
            asm.emit(AND, to, to, V.b16(constants));
        }
    }

    private long groupBytes() {
        return PanelLayout.INT4_GROUP * (long) program.nr() / parts();
    }

    /** Moves the panel's pointer over {@value PanelLayout#INT4_GROUP} values. */
    void advance() {
        asm.emit(ADD, PANEL, PANEL, new Imm(groupBytes()));
    }

    private boolean scalesAre(BlockEnd.Scale format) {
        return program.contraction().scale().filter(format::equals).isPresent();
    }

    /** Sets what loads of scales want: zero, where these are BF16. */
    void setZero(V zero) {
        if (!decoded && scalesAre(BlockEnd.Scale.BF16)) {
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
        final long ofScales = decoded ? program.vectors() * vectorBytes() : columns.minima();
        return new OfColumns(PANEL, groups * groupBytes() + ofScales + vector * vectorBytes());
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
            if (scalesAre(BlockEnd.Scale.BF16)) {
                asm.emit(LDR, Scalar.d(to.index()), Mem.at(from, at));
                asm.emit(ZIP1, to.as(Arrangement.H8), zero.as(Arrangement.H8), to.as(Arrangement.H8));
            } else if (scalesAre(BlockEnd.Scale.F16)) {
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
        return scalesAre(BlockEnd.Scale.BF16) || scalesAre(BlockEnd.Scale.F16) ? VECTOR_BYTES / 2 : VECTOR_BYTES;
    }

    /** Moves the pointers over the scales of a block, and its minima. */
    void advanceScales() {
        final int kinds = program.contraction().hasMinima() ? 2 : 1;
        final long ofDecoded = program.vectors() * vectorBytes() * kinds;
        if (scalesAreApart()) {
            asm.emit(ADD, SCALES, SCALES, new Imm(ofDecoded));
        }
        final boolean packed = !decoded || scalesAreApart();
        asm.emit(ADD, PANEL, PANEL, new Imm(packed ? columns.blockEnd() : ofDecoded));
    }
}
