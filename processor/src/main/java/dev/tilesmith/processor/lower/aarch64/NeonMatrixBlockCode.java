package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SMMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one tile whose K is in blocks, of weights of any bits, in Advanced SIMD, by products of two rows and
 * two columns. It is entered and left as {@link NeonTileCode} is, and takes {@value PanelLayout#INT4_GROUP} values along K at
 * a time. There is one for the panel as it is packed, and one for what {@link NeonMatrixDecoding} has decoded.
 */
final class NeonMatrixBlockCode {
    private static final int VECTOR_BYTES = 16;
    private static final int KR = 8;

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
    NeonMatrixBlockCode(Assembler asm, NeonLhs lhs, Program program, boolean decoded) {
        this.asm = asm;
        this.program = program;
        this.decoded = decoded;
        this.oneRow = program.mr() == 1 && program.contraction().hasTotals() && !decoded;
        this.rows = lhs.rows(program, 2);
        this.weights = new NeonMatrixWeights(asm, program, decoded);
        this.registers = new NeonMatrixRegisters(program, rows, weights, oneRow);
        this.totals = new NeonMatrixTotals(asm, program, rows, weights, registers, oneRow);
        this.end = new NeonTileEnd(asm, program, entry(program, decoded).name(), rows, registers::scratch);
    }

    /** Where a tile's code begins. */
    static Label entry(Program program, boolean decoded) {
        return decoded ? new Label("decoded" + program.mr() + "x" + program.nr()) : NeonTileCode.entry(program);
    }

    void emit(Label done) {
        asm.bind(entry(program, decoded));
        begin();
        new NeonBlockLoop(asm, program, entry(program, decoded).name(), NeonBlockLoop.Aligned.BLOCKS)
                .emit(new NeonBlockLoop.Block(this::beginBlock, this::group, this::endBlock));
        partRows();
        finish();
        end.leave(done);
    }

    private void partRows() {
        for (int row = 0; row < (oneRow ? 0 : program.mr()); row += 2) {
            for (int v = 0; v < program.vectors(); v++) {
                end.part(registers.result(row, v), registers.result(row + 1, v));
            }
        }
    }

    private void finish() {
        final NeonEpilogueRegisters ofEpilogue =
                new NeonEpilogueRegisters(program, rows, registers::result, registers::scratch);
        new NeonEpilogueCode(asm, program, entry(program, decoded).name(), rows, ofEpilogue, end, (_, _) -> {}).emit();
    }

    private void begin() {
        if (program.contraction().hasTotals()) {
            totals.begin();
        }
        if (program.contraction().hasTotals() && !program.contraction().beginsWithRow()) {
            asm.emit(STR, Scalar.q(registers.origin().index()), Mem.at(ARGUMENTS, BEGINNING));
        }
        rows.begin();
        weights.begin();
        weights.setConstants(registers.constants());
    }

    private void beginBlock() {
        if (program.contraction().hasMinima()) {
            totals.addMins();
        }
        beginSums();
    }

    private void endBlock() {
        if (program.contraction().scalesRows()) {
            totals.addScaled();
        } else if (program.contraction().hasTotals()) {
            totals.add();
        }
    }

    /** Beside totals rows have room for what their sums begin with, whether or not it is needed. */
    private void beginSums() {
        for (int group = 0; group < rows.groups(); group++) {
            for (int pair = 0; pair < weights.pairs(); pair++) {
                final Scalar sum = Scalar.q(registers.sum(group, pair).index());
                if (program.contraction().beginsWithRow()) {
                    rows.load(sum, group);
                } else if (program.contraction().hasTotals()) {
                    asm.emit(LDR, sum, Mem.at(ARGUMENTS, BEGINNING));
                } else {
                    asm.emit(MOVI, registers.sum(group, pair), new Imm(0));
                }
            }
        }
        if (program.contraction().hasTotals() || program.contraction().beginsWithRow()) {
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
