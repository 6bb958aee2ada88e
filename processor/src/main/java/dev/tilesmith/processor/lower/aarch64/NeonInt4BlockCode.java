package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FSUB;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PanelLayout;

/**
 * The code of one tile of weights of four bits in Advanced SIMD, by products of two rows and two columns. It is entered and
 * left as {@link NeonTileCode} is, and takes all of K in blocks, {@value PanelLayout#INT4_GROUP} values at a time.
 *
 * <p>There is one for the weights as they are packed, and one for those that {@link NeonInt4Decoding} has made bytes.
 *
 * <p>Sums come first among the registers, then totals where blocks have scales, what makes floats of sums, the mask of the
 * low bits, and a vector of each pair of rows; the rest take turns at the weights.
 */
final class NeonInt4BlockCode {
    private static final int VECTOR_REGISTERS = 32;
    private static final int VECTOR_BYTES = 16;

    /** Registers that take turns at the weights, at least. */
    private static final int TURNS = 2;

    private static final int KR = 8;

    /** int64 of the argument block's state: blocks still to do, the one at hand among them. */
    private static final int BLOCKS_LEFT = NativeArguments.STATE + 24;

    private final Assembler asm;
    private final Program program;
    private final boolean decoded;
    private final NeonRows rows;
    private final NeonInt4Weights weights;
    private final NeonTileEnd end;

    /**
     * The code of one tile.
     *
     * @param decoded whether its weights are bytes
     */
    NeonInt4BlockCode(Assembler asm, Program program, boolean decoded) {
        this.asm = asm;
        this.program = program;
        this.decoded = decoded;
        this.rows = new NeonRows(asm, program, 2);
        this.weights = new NeonInt4Weights(asm, program);
        this.end = new NeonTileEnd(
                asm, program, entry(program, decoded).name(), rows, this::result, index -> V.s4(results() + index));
        if (lhs(rows.groups()) + TURNS > VECTOR_REGISTERS || rows.groups() > NeonRegisters.MAX_ROWS) {
            throw new IllegalArgumentException("tile of " + program.mr() + " x " + program.nr() + " needs more than "
                    + VECTOR_REGISTERS + " vector registers or " + NeonRegisters.MAX_ROWS + " pointers");
        }
    }

    /** Where a tile's code begins. */
    static Label entry(Program program, boolean decoded) {
        return decoded ? new Label("decoded" + program.mr() + "x" + program.nr()) : NeonTileCode.entry(program);
    }

    private Label label(String place) {
        return new Label(entry(program, decoded).name() + "_" + place);
    }

    private int sums() {
        return rows.groups() * weights.pairs();
    }

    /** Registers that sums and totals take. */
    private int results() {
        return program.hasTotals() ? 2 * sums() : sums();
    }

    private V sum(int group, int pair) {
        return V.s4(group * weights.pairs() + pair);
    }

    private V total(int group, int pair) {
        return V.s4(sums() + sum(group, pair).index());
    }

    /** A row of the result, after pairs of rows have been parted. */
    private V result(int row, int vector) {
        final int pair = 2 * vector + rows.inGroup(row);
        return program.hasTotals() ? total(rows.group(row), pair) : sum(rows.group(row), pair);
    }

    /** What is taken off the bits of a sum to make it a float. */
    private V origin() {
        return V.s4(results());
    }

    private V mask() {
        return V.b16(results() + (program.hasTotals() ? 1 : 0));
    }

    private int lhs(int group) {
        return mask().index() + (decoded ? 0 : 1) + group;
    }

    /** A register for weights, or for scales: as many as are left take turns. */
    private int free(int turn) {
        final int first = lhs(rows.groups());
        return first + turn % (VECTOR_REGISTERS - first);
    }

    /** A register that nothing is kept in while no step is done: those of the rows and the weights. */
    private V idle(int index) {
        return V.s4(lhs(0) + index);
    }

    void emit(Label done) {
        asm.bind(entry(program, decoded));
        begin();
        blocks();
        asm.bind(label("finish"));
        for (int row = 0; row < program.mr(); row += 2) {
            for (int v = 0; v < program.vectors(); v++) {
                end.part(result(row, v), result(row + 1, v));
            }
        }
        if (program.hasTotals()) {
            end.scaleTotals((row, v) -> {});
        } else {
            end.scaleSums();
        }
        end.clamp();
        asm.bind(label("store"));
        end.store();
        end.advance();
        asm.emit(B, done);
    }

    private void begin() {
        if (program.hasTotals()) {
            eachSum((group, pair) -> asm.emit(MOVI, total(group, pair), new Imm(0)));
            asm.set(SCRATCH, FloatSums.ORIGIN);
            asm.emit(DUP, origin(), SCRATCH.w());
        }
        rows.begin();
        if (decoded) {
            asm.emit(LDR, PANEL, Mem.at(ARGUMENTS, NativeArguments.DECODED));
        } else {
            weights.setMask(mask());
            asm.emit(MOV, PANEL, RHS);
        }
    }

    private void blocks() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, SCRATCH, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        asm.emit(STR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        eachSum((group, pair) -> rows.load(Scalar.q(sum(group, pair).index()), group));
        rows.advance(VECTOR_BYTES);
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(CBZ, STEPS, label("block_end"));
        asm.bind(label("group"));
        group();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("group"));
        asm.bind(label("block_end"));
        if (program.hasTotals()) {
            addToTotals();
        }
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        asm.emit(SUBS, SCRATCH, SCRATCH, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    private void group() {
        int turn = 0;
        for (int eight = 0; eight < PanelLayout.INT4_GROUP / KR; eight++) {
            for (int group = 0; group < rows.groups(); group++) {
                rows.load(Scalar.q(lhs(group)), group);
            }
            rows.advance(VECTOR_BYTES);
            for (int pair = 0; pair < weights.pairs(); pair++) {
                final V of = V.b16(free(turn++));
                loadWeights(of, eight, pair);
                for (int group = 0; group < rows.groups(); group++) {
                    asm.emit(SMMLA, sum(group, pair), V.b16(lhs(group)), of);
                }
            }
        }
        if (decoded) {
            asm.emit(ADD, PANEL, PANEL, new Imm(PanelLayout.INT4_GROUP * (long) program.nr()));
        } else {
            weights.advance(PanelLayout.INT4_GROUP);
        }
    }

    private void loadWeights(V to, int eight, int pair) {
        if (decoded) {
            final long at = (eight * weights.pairs() + pair) * (long) VECTOR_BYTES;
            asm.emit(LDR, Scalar.q(to.index()), Mem.at(PANEL, at));
        } else {
            weights.load(to, eight / 2, eight % 2 != 0, pair, mask());
        }
    }

    /** {@code total = fma(float(sum), scale, total)}. */
    private void addToTotals() {
        final V zero = idle(0);
        if (!decoded) {
            weights.setZero(zero);
        }
        for (int v = 0; v < program.vectors(); v++) {
            final V first = idle(1 + v % 2 * 2);
            final V second = idle(2 + v % 2 * 2);
            if (decoded) {
                asm.emit(LDR, Scalar.q(first.index()), Mem.at(PANEL, 2L * v * VECTOR_BYTES));
                asm.emit(LDR, Scalar.q(second.index()), Mem.at(PANEL, (2L * v + 1) * VECTOR_BYTES));
            } else {
                weights.loadScales(first, second, v, zero);
            }
            addToTotals(2 * v, first);
            addToTotals(2 * v + 1, second);
        }
        if (decoded) {
            asm.emit(ADD, PANEL, PANEL, new Imm(weights.pairs() * (long) VECTOR_BYTES));
        } else {
            weights.advanceScales();
        }
    }

    private void addToTotals(int pair, V scale) {
        for (int group = 0; group < rows.groups(); group++) {
            final V sum = sum(group, pair);
            asm.emit(FSUB, sum, sum, origin());
            asm.emit(FMLA, total(group, pair), sum, scale);
        }
    }

    private void eachSum(NeonTileEnd.ResultAction action) {
        for (int group = 0; group < rows.groups(); group++) {
            for (int pair = 0; pair < weights.pairs(); pair++) {
                action.at(group, pair);
            }
        }
    }
}
