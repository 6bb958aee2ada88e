package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.VDPBF16PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.FETCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.METADATA;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.StoredValues;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one tile of BF16 on both sides, a pair along K in a step. It is entered and left as {@link F32TileCode} is, but takes all of K in
 * one call. Each sum is one chain, however few they are, for in several it would be rounded otherwise than in a taller tile.
 */
final class PairedTileCode implements TileCode {
    /** Steps of those that callers count. */
    private static final int PAIRS = StoredValues.OF_PAIRS / StoredValues.PAIR;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final VectorSet vectors;
    private final int panelColumns;
    private final int unroll;
    private final FetchAhead ahead;

    /**
     * The code of one tile.
     *
     * @param panelColumns columns of a panel, which may be more than the tile's: those beyond are skipped
     * @param unroll steps of a pass
     */
    PairedTileCode(
            Assembler asm, Isa isa, Program program, LhsRows rows, int panelColumns, int unroll, FetchAhead ahead) {
        requireKnown(isa, program.contraction());
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelColumns = panelColumns;
        this.unroll = unroll;
        this.ahead = ahead;
        Sums.each(program, this::sum);
        vectors.keepAssigned();
    }

    private static void requireKnown(Isa isa, Contraction contraction) {
        if (isa != Isa.AVX512 || !contraction.isOfBf16(Product.BF16_DOT_OF_PAIRS)) {
            throw new IllegalArgumentException("no code of pairs of BF16 on " + isa + " for " + contraction);
        }
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        begin();
        StepLoop.emit(asm, program, unroll, this::pass);
        new TileFinish(asm, isa, program, rows)
                .emit(columns(), new EpilogueRegisters(program, this::sum, vectors::scratch), done);
    }

    private PanelColumns columns() {
        return PanelColumns.of(program, panelColumns);
    }

    private void begin() {
        if (program.contraction().beginsWithBias()) {
            asm.emit(MOV, SCRATCH, mem(ARGUMENTS, METADATA));
            Sums.each(
                    program,
                    (row, v) -> asm.emit(
                            VMOVUPS, sum(row, v), mem(SCRATCH, columns().biases() + v * isa.bits() / Byte.SIZE)));
        } else {
            Sums.each(program, (row, v) -> PassConstants.clear(asm, sum(row, v)));
        }
        rows.beginTile(program.mr());
        asm.emit(MOV, RHS_AT, RHS);
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(SHL, COUNT, new Imm(Integer.numberOfTrailingZeros(PAIRS)));
    }

    private void pass(int steps) {
        for (int step = 0; step < steps; step++) {
            step(step);
        }
        ahead.lines(mem(FETCH), steps * stepBytes());
        ahead.advance(steps);
        rows.advance(program.mr(), steps * Integer.BYTES);
        asm.emit(ADD, RHS_AT, new Imm(steps * (long) stepBytes()));
    }

    /** Bytes of the panel that a step takes. */
    private int stepBytes() {
        return panelColumns * Integer.BYTES;
    }

    private void step(int step) {
        for (int v = 0; v < program.vectors(); v++) {
            asm.emit(VMOVUPS, weights(v), mem(RHS_AT, step * stepBytes() + v * isa.bits() / Byte.SIZE));
        }
        for (int row = 0; row < program.mr(); row++) {
            final Vec pair = vectors.broadcast(row);
            asm.emit(VPBROADCASTD, pair, rows.row(row).plus(step * Integer.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(VDPBF16PS, sum(row, v), pair, weights(v));
            }
        }
    }

    private Vec sum(int row, int vector) {
        return vectors.of(new VectorSet.Sum(0, row, vector));
    }

    private Vec weights(int vector) {
        return vectors.of(new VectorSet.Weights(vector));
    }
}
