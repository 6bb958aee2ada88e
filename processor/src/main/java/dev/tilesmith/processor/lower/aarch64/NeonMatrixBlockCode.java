package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
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
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PanelLayout;

/**
 * The code of one tile whose K is in blocks, of weights of any bits, in Advanced SIMD, by products of two rows and
 * two columns. It is entered and left as {@link NeonTileCode} is, and takes {@value PanelLayout#INT4_GROUP} values along K at
 * a time. There is one for the panel as it is packed, and one for what {@link NeonMatrixDecoding} has decoded.
 */
final class NeonMatrixBlockCode {
    private static final int VECTOR_BYTES = 16;
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
    private final NeonMatrixRegisters registers;
    private final NeonMatrixTotals totals;
    private final NeonTileEnd end;

    /** Whether the row's totals are brought together while there are blocks; of decoded panels, scales are for pairs. */
    private final boolean oneRow;

    /**
     * The code of one tile.
     *
     * @param decoded whether its panel is decoded
     */
    NeonMatrixBlockCode(Assembler asm, Program program, boolean decoded) {
        this.asm = asm;
        this.program = program;
        this.decoded = decoded;
        this.oneRow = program.mr() == 1 && program.hasTotals() && !decoded;
        this.rows = new NeonRows(asm, program, 2);
        this.weights = new NeonMatrixWeights(asm, program, decoded);
        this.registers = new NeonMatrixRegisters(program, rows, weights, oneRow);
        this.totals = new NeonMatrixTotals(asm, program, rows, weights, registers, oneRow);
        this.end = new NeonTileEnd(
                asm, program, entry(program, decoded).name(), rows, registers::result, registers::scratch);
    }

    /** Where a tile's code begins. */
    static Label entry(Program program, boolean decoded) {
        return decoded ? new Label("decoded" + program.mr() + "x" + program.nr()) : NeonTileCode.entry(program);
    }

    private Label label(String place) {
        return new Label(entry(program, decoded).name() + "_" + place);
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
        partRows();
        finish();
        end.clamp();
        asm.bind(label("store"));
        end.store();
        end.advance();
        asm.emit(B, done);
    }

    private void partRows() {
        for (int row = 0; row < (oneRow ? 0 : program.mr()); row += 2) {
            for (int v = 0; v < program.vectors(); v++) {
                end.part(registers.result(row, v), registers.result(row + 1, v));
            }
        }
    }

    private void finish() {
        if (isPaired()) {
            end.addBias();
        } else if (program.hasTotals()) {
            end.scaleTotals((row, v) -> {});
        } else {
            end.finishSums();
        }
    }

    /** Whether rows have scales for the same blocks as weights. */
    private boolean isPaired() {
        return program.end().stream().anyMatch(Op.LoadF16.class::isInstance);
    }

    /** Whether rows have what their sums begin with. */
    private boolean haveBeginnings() {
        return program.begin().getFirst() instanceof Op.Broadcast(Register _, Cell from)
                && from.operand() == Cell.Operand.LHS_BEGINNING;
    }

    private void begin() {
        if (program.hasTotals()) {
            totals.begin();
        }
        if (program.hasTotals() && !haveBeginnings()) {
            asm.emit(STR, Scalar.q(registers.origin().index()), Mem.at(ARGUMENTS, BEGINNING));
        }
        rows.begin();
        weights.begin();
        weights.setConstants(registers.constants());
    }

    /** Blocks of one group, after which rows have their scales. */
    private void pairedBlocks() {
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, STEPS, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        if (weights.haveMins()) {
            totals.addMins();
        }
        beginSums();
        group();
        totals.addScaled();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    /** Blocks of any number of groups. */
    private void blocks() {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CBZ, SCRATCH, label("finish"));
        asm.align(32);
        asm.bind(label("block"));
        asm.emit(STR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        beginSums();
        asm.emit(LDR, STEPS, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(CBZ, STEPS, label("block_end"));
        asm.bind(label("group"));
        group();
        asm.emit(SUBS, STEPS, STEPS, new Imm(1));
        asm.emit(B_NE, label("group"));
        asm.bind(label("block_end"));
        if (program.hasTotals()) {
            totals.add();
        }
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, BLOCKS_LEFT));
        asm.emit(SUBS, SCRATCH, SCRATCH, new Imm(1));
        asm.emit(B_NE, label("block"));
    }

    /** Beside totals rows have room for what their sums begin with, whether or not it is needed. */
    private void beginSums() {
        for (int group = 0; group < rows.groups(); group++) {
            for (int pair = 0; pair < weights.pairs(); pair++) {
                final Scalar sum = Scalar.q(registers.sum(group, pair).index());
                if (haveBeginnings()) {
                    rows.load(sum, group);
                } else if (program.hasTotals()) {
                    asm.emit(LDR, sum, Mem.at(ARGUMENTS, BEGINNING));
                } else {
                    asm.emit(MOVI, registers.sum(group, pair), new Imm(0));
                }
            }
        }
        if (program.hasTotals() || haveBeginnings()) {
            rows.advance(VECTOR_BYTES);
        }
    }

    private void group() {
        int turn = 0;
        for (int eight = 0; eight < PanelLayout.INT4_GROUP / KR; eight++) {
            for (int group = 0; group < rows.groups(); group++) {
                rows.load(Scalar.q(registers.lhs(group)), group);
            }
            rows.advance(VECTOR_BYTES);
            for (int pair = 0; pair < weights.pairs(); pair++) {
                final V of = V.b16(registers.free(turn++));
                weights.load(of, eight, pair, registers.constants());
                for (int group = 0; group < rows.groups(); group++) {
                    asm.emit(SMMLA, registers.sum(group, pair), V.b16(registers.lhs(group)), of);
                }
            }
        }
        weights.advance();
    }
}
