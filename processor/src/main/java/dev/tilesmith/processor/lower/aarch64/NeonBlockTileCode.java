package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.AND;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SDOT;
import static dev.tilesmith.processor.asm.aarch64.Op.USHR;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Decoding;
import dev.tilesmith.processor.program.Program;
import java.util.List;
import java.util.Optional;

/**
 * The code of one tile whose K is in blocks, of weights of any bits, in Advanced SIMD, by dot products with an
 * element. It is entered and left as {@link NeonTileCode} is, and takes {@value PanelLayout#INT4_GROUP} values along K at a
 * time: a vector of a row has the values of four vectors of bytes.
 *
 * <p>Sums come first among the registers, then totals, if there is room ({@link NeonBlockTotals}), then a vector of each row,
 * then the mask of the low bits, or what a table wants; the rest take turns at the weights.
 */
final class NeonBlockTileCode {
    /** What ends of blocks, and of tiles, want. */
    private static final int SCRATCH_REGISTERS = 5;

    private static final int VECTOR_BYTES = 16;
    private static final int ELEMENTS = 4;

    /** Registers that take turns at the weights, at least. */
    private static final int TURNS = 4;

    private static final int NIBBLE = 15;
    private static final int NIBBLE_BITS = 4;

    private final Assembler asm;
    private final Program program;
    private final boolean nibbles;
    private final boolean totalsInRegisters;
    private final boolean lookups;
    private final NeonRows rows;
    private final NeonBlockTotals totals;
    private final NeonTileEnd end;

    NeonBlockTileCode(Assembler asm, NeonLhs lhs, Program program) {
        this.asm = asm;
        this.program = program;
        final String name = NeonTileCode.entry(program).name();
        this.nibbles = program.contraction().rhs().stored() == Decoding.Stored.NIBBLES;
        this.lookups = NeonTable.in(program);
        this.rows = lhs.rows(program, 1);
        this.totalsInRegisters = program.contraction().hasTotals()
                && 2 * sums() + program.mr() + SCRATCH_REGISTERS <= NeonRegisters.VECTORS;
        final Optional<NeonResults> ofTotals = totalsInRegisters ? Optional.of(this::total) : Optional.empty();
        this.totals =
                new NeonBlockTotals(asm, program, rows, this::sum, ofTotals, this::scratch, row -> V.s4(lhs(row)));
        this.end = new NeonTileEnd(asm, program, name, rows, this::scratch);
        NeonRegisters.requireRoom(program, weights() + TURNS, program.mr());
    }

    private int sumIndex(int row, int v) {
        return row * program.vectors() + v;
    }

    private V sum(int row, int v) {
        return V.s4(sumIndex(row, v));
    }

    private int sums() {
        return program.mr() * program.vectors();
    }

    private V total(int row, int v) {
        return V.s4(sums() + sumIndex(row, v));
    }

    private int lhs(int row) {
        return (totalsInRegisters ? 2 : 1) * sums() + row;
    }

    /** Set anew for each block, at the end of which it may be one of those that nothing is kept in. */
    private int mask() {
        return lhs(program.mr());
    }

    private int weights() {
        return mask() + (lookups ? NeonTable.CONSTANTS : 1);
    }

    /** A register for weights: as many as are left take turns. */
    private int weights(int turn) {
        final int first = weights();
        return first + turn % (NeonRegisters.VECTORS - first);
    }

    /** A register that nothing is kept in while no step is done: those of the rows, the mask and the weights. */
    private V scratch(int index) {
        NeonRegisters.requireScratch(index, NeonRegisters.VECTORS - lhs(0));
        return V.s4(NeonRegisters.VECTORS - 1 - index);
    }

    void emit(Label done) {
        asm.bind(NeonTileCode.entry(program));
        if (program.contraction().hasTotals()) {
            totals.begin();
        }
        rows.begin();
        asm.emit(MOV, PANEL, RHS);
        new NeonBlockLoop(asm, program, NeonTileCode.entry(program).name(), NeonBlockLoop.Aligned.GROUPS)
                .emit(new NeonBlockLoop.Block(this::beginBlock, this::group, this::endBlock));
        finish();
        end.leave(done);
    }

    private void finish() {
        final NeonEpilogueRegisters registers = new NeonEpilogueRegisters(program, rows, this::result, this::scratch);
        new NeonEpilogueCode(
                        asm,
                        program,
                        NeonTileCode.entry(program).name(),
                        rows,
                        registers,
                        end,
                        program.contraction().hasTotals() ? totals::load : (_, _) -> {})
                .emit();
    }

    private V result(int row, int v) {
        return totalsInRegisters ? total(row, v) : sum(row, v);
    }

    private void beginBlock() {
        beginSums();
        if (lookups) {
            new NeonTable(asm, program, mask()).begin();
            return;
        }
        rows.advance(Integer.BYTES);
        if (nibbles) {
            asm.emit(MOVI, V.b16(mask()), new Imm(NIBBLE));
        }
    }

    private void endBlock() {
        if (program.contraction().scalesRows()) {
            totals.addPairedBlock(Integer.BYTES + PanelLayout.INT4_GROUP);
        } else if (program.contraction().hasTotals()) {
            totals.addBlock();
        }
    }

    private void beginSums() {
        if (program.contraction().beginsWithRow()) {
            loadBeginnings();
        } else if (program.contraction().hasTotals()) {
            end.eachResult((row, v) -> totals.loadOrigin(sum(row, v)));
        } else {
            end.eachResult((row, v) -> asm.emit(MOVI, sum(row, v), new Imm(0)));
        }
    }

    private void loadBeginnings() {
        for (int row = 0; row < program.mr(); row++) {
            rows.address(SCRATCH, row);
            asm.emit(LD1R, RegisterList.list(sum(row, 0), 1), Mem.at(SCRATCH));
            for (int v = 1; v < program.vectors(); v++) {
                asm.emit(MOV, sum(row, v).as(Arrangement.B16), sum(row, 0).as(Arrangement.B16));
            }
        }
    }

    private void group() {
        final int elementsAtOnce = lookups ? ELEMENTS : nibbles ? 2 : 1;
        int bytes = 0;
        int turn = 0;
        for (int part = 0; part < PanelLayout.INT4_GROUP; part += VECTOR_BYTES) {
            for (int row = 0; row < program.mr(); row++) {
                rows.load(Scalar.q(lhs(row)), row);
            }
            rows.advance(VECTOR_BYTES);
            for (int element = 0; element < ELEMENTS; element += elementsAtOnce) {
                for (int v = 0; v < program.vectors(); v++) {
                    final V weights = V.b16(weights(turn++));
                    asm.emit(LDR, Scalar.q(weights.index()), Mem.at(PANEL, bytes));
                    bytes += VECTOR_BYTES;
                    if (lookups) {
                        multiplyLookups(v, weights, V.b16(weights(turn++)), V.b16(weights(turn++)));
                    } else if (nibbles) {
                        multiplyNibbles(v, weights, V.b16(weights(turn++)), element);
                    } else {
                        multiply(v, weights, element);
                    }
                }
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(bytes));
    }

    private void multiplyNibbles(int v, V weights, V high, int element) {
        asm.emit(USHR, high, weights, new Imm(NIBBLE_BITS));
        asm.emit(AND, weights, weights, V.b16(mask()));
        multiply(v, weights, element);
        multiply(v, high, element + 1);
    }

    /** All four parts of a vector of bytes, one after the other; {@code next} is a register whose turn it is. */
    private void multiplyLookups(int v, V bytes, V high, V next) {
        final NeonTable table = new NeonTable(asm, program, mask());
        table.takeBits(high, bytes, true);
        table.takeBits(bytes, bytes, false);
        int element = 0;
        for (final V bits : List.of(bytes, high)) {
            table.lookUp(next, bits, false);
            multiply(v, next, element++);
            table.lookUp(bits, bits, true);
            multiply(v, bits, element++);
        }
    }

    private void multiply(int v, V weights, int element) {
        for (int row = 0; row < program.mr(); row++) {
            asm.emit(SDOT, sum(row, v), weights, new V(lhs(row), Arrangement.B4).lane(element));
        }
    }
}
