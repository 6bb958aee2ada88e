package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.FSUB;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.SUBS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.STEPS;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PanelLayout;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The code of one tile whose K is in blocks, of weights of four bits or eight, in Advanced SIMD, by products of two rows and
 * two columns. It is entered and left as {@link NeonTileCode} is, and takes {@value PanelLayout#INT4_GROUP} values along K at
 * a time.
 *
 * <p>There is one for the panel as it is packed, and one for what {@link NeonMatrixDecoding} has decoded.
 *
 * <p>Sums come first among the registers, then totals where blocks have scales, what makes floats of sums, the mask of the
 * low bits, and a vector of each pair of rows; the rest take turns at the weights.
 */
final class NeonMatrixBlockCode {
    private static final int VECTOR_REGISTERS = 32;
    private static final int VECTOR_BYTES = 16;

    /** Registers that take turns at the weights, at least. */
    private static final int TURNS = 2;

    private static final int KR = 8;

    /** int64 of the argument block's state: blocks still to do, the one at hand among them. */
    private static final int BLOCKS_LEFT = NativeArguments.STATE + 24;

    /** Four f32s of the argument block's state: what sums begin with where rows have nothing for it. */
    private static final int BEGINNING = NativeArguments.STATE;

    private final Assembler asm;
    private final Program program;
    private final boolean decoded;
    private final NeonRows rows;
    private final NeonMatrixWeights weights;
    private final NeonTileEnd end;

    /**
     * The code of one tile.
     *
     * @param decoded whether its panel is decoded
     */
    NeonMatrixBlockCode(Assembler asm, Program program, boolean decoded) {
        this.asm = asm;
        this.program = program;
        this.decoded = decoded;
        this.rows = new NeonRows(asm, program, 2);
        this.weights = new NeonMatrixWeights(asm, program, decoded);
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
        return mask().index() + (weights.areNibbles() ? 1 : 0) + group;
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
        if (isPaired()) {
            pairedBlocks();
        } else {
            blocks();
        }
        asm.bind(label("finish"));
        for (int row = 0; row < program.mr(); row += 2) {
            for (int v = 0; v < program.vectors(); v++) {
                end.part(result(row, v), result(row + 1, v));
            }
        }
        finish();
        end.clamp();
        asm.bind(label("store"));
        end.store();
        end.advance();
        asm.emit(B, done);
    }

    private void finish() {
        if (isPaired()) {
            end.addBias();
        } else if (program.hasTotals()) {
            end.scaleTotals((row, v) -> {});
        } else {
            end.scaleSums();
        }
    }

    /** Whether rows have scales for the same blocks as weights. */
    private boolean isPaired() {
        return program.end().stream().anyMatch(Op.LoadF16.class::isInstance);
    }

    /** Whether rows have what their sums begin with. */
    private boolean haveBeginnings() {
        return program.begin().getFirst() instanceof Op.Broadcast;
    }

    private void begin() {
        if (program.hasTotals()) {
            eachSum((group, pair) -> asm.emit(MOVI, total(group, pair), new Imm(0)));
            asm.set(SCRATCH, FloatSums.ORIGIN);
            asm.emit(DUP, origin(), SCRATCH.w());
        }
        if (!haveBeginnings()) {
            asm.emit(STR, Scalar.q(origin().index()), Mem.at(ARGUMENTS, BEGINNING));
        }
        rows.begin();
        weights.begin();
        weights.setMask(mask());
    }

    /** Blocks of one group, after which rows have their scales. */
    private void pairedBlocks() {
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, STEPS, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        if (weights.haveMins()) {
            addMins();
        }
        beginSums();
        rows.advance(VECTOR_BYTES);
        group();
        addScaled();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    /** {@code total = fma(min, scaledSumOfRow, total)}. */
    private void addMins() {
        eachGroup(group -> rows.load(Scalar.q(lhs(group)), group));
        for (int v = 0; v < program.vectors(); v++) {
            weights.loadMins(V.s4(free(0)), V.s4(free(1)), v, 1);
            for (int i = 0; i < 2; i++) {
                final int pair = 2 * v + i;
                final V min = V.s4(free(i));
                eachGroup(group -> asm.emit(FMLA, total(group, pair), min, V.s4(lhs(group))));
            }
        }
    }

    /** {@code total = fma(float(sum), scaleOfRow * scale, total)}. */
    private void addScaled() {
        eachGroup(group -> rows.load(Scalar.q(lhs(group)), group));
        rows.advance(VECTOR_BYTES);
        final V both = V.s4(free(2));
        for (int v = 0; v < program.vectors(); v++) {
            weights.loadScales(V.s4(free(0)), V.s4(free(1)), v, both);
            for (int i = 0; i < 2; i++) {
                final int pair = 2 * v + i;
                final V scale = V.s4(free(i));
                eachGroup(group -> {
                    final V sum = sum(group, pair);
                    asm.emit(FSUB, sum, sum, origin());
                    asm.emit(FMUL, both, scale, V.s4(lhs(group)));
                    asm.emit(FMLA, total(group, pair), sum, both);
                });
            }
        }
        weights.advanceScales();
    }

    private void beginSums() {
        eachSum((group, pair) -> {
            final Scalar sum = Scalar.q(sum(group, pair).index());
            if (haveBeginnings()) {
                rows.load(sum, group);
            } else {
                asm.emit(LDR, sum, Mem.at(ARGUMENTS, BEGINNING));
            }
        });
    }

    private void eachGroup(IntConsumer action) {
        IntStream.range(0, rows.groups()).forEach(action);
    }

    /** Blocks of any number of groups. */
    private void blocks() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, SCRATCH, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        asm.emit(STR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        beginSums();
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
                weights.load(of, eight, pair, mask());
                for (int group = 0; group < rows.groups(); group++) {
                    asm.emit(SMMLA, sum(group, pair), V.b16(lhs(group)), of);
                }
            }
        }
        weights.advance();
    }

    /** {@code total = fma(float(sum), scale, total)}. */
    private void addToTotals() {
        final V zero = idle(0);
        weights.setZero(zero);
        for (int v = 0; v < program.vectors(); v++) {
            final V first = idle(1 + v % 2 * 2);
            final V second = idle(2 + v % 2 * 2);
            weights.loadScales(first, second, v, zero);
            addToTotals(2 * v, first);
            addToTotals(2 * v + 1, second);
        }
        weights.advanceScales();
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
