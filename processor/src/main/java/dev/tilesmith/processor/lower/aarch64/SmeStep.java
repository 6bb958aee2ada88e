package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.BFMOPA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMOPA;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.SMOPA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_STEP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW_COUNTER;

import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Tile;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.program.Program;

/** One step along K of outer products: what it loads, and what it multiplies. */
final class SmeStep {
    private final Assembler asm;
    private final SmeIsa isa;
    private final Program program;
    private final SmeColumns columns;
    private final Registers registers;

    /**
     * Registers of a step.
     *
     * @param rows the first of those of left vectors, even
     * @param columns the first of those of right ones, a multiple of their number
     * @param packed the first of one for each two right ones, a multiple of their number, for weights that lie several to a byte
     * @param spare another for these
     */
    record Registers(int rows, int columns, int packed, int spare) {}

    SmeStep(Assembler asm, SmeIsa isa, Program program, Registers registers) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.columns = SmeColumns.of(asm, isa, program);
        this.registers = registers;
    }

    /** Loads all vectors. */
    void load() {
        for (int rows = 0; rows < program.shape().rowVectors(); rows++) {
            loadRows(rows);
        }
        columns.load(registers.columns(), registers.packed(), registers.spare());
    }

    /** Goes to the values of the next step. */
    void advance(int panelColumns) {
        asm.emit(ADD, LHS_AT, LHS_AT, LHS_STEP);
        asm.emit(ADD, RHS_AT, RHS_AT, new Imm(panelColumns * (long) columns.columnBytes()));
    }

    /** Multiplies all vectors with all, the sums being the tiles of ZA in their order. */
    void multiply() {
        for (int rows = 0; rows < program.shape().rowVectors(); rows++) {
            for (int v = 0; v < program.vectors(); v++) {
                multiply(rows, v, Tile.s(rows * program.vectors() + v));
            }
        }
    }

    /** Multiplies the rows with one vector of columns alone. */
    void multiply(int vector, Tile sums) {
        multiply(0, vector, sums);
    }

    private void multiply(int rows, int vector, Tile sums) {
        final Z a = Z.s(registers.rows() + rows);
        final Z b = Z.s(registers.columns() + vector);
        switch (program.contraction().product()) {
            case OUTER_FMA -> asm.emit(FMOPA, sums, ALL.merging(), ALL.merging(), a, b);
            case OUTER_BF16_DOT ->
                asm.emit(BFMOPA, sums, ALL.merging(), ALL.merging(), a.as(ElementSize.H), b.as(ElementSize.H));
            case OUTER_DOT ->
                asm.emit(SMOPA, sums, ALL.merging(), ALL.merging(), a.as(ElementSize.B), b.as(ElementSize.B));
            case FMA,
                    FMA_BY_COLUMN,
                    EXACT_FMA,
                    EXACT_FMA_BY_COLUMN,
                    BF16_DOT_BY_PARITY,
                    BF16_DOT_OF_PAIRS,
                    BF16_BLOCK_DOT,
                    DOT_OF_PAIRS,
                    DOT_OF_FOUR,
                    DOT_OF_FOUR_BY_COLUMN,
                    DOT_OF_FOUR_BY_PAIRS,
                    SIGNED_DOT_OF_FOUR,
                    BLOCK_DOT ->
                throw new IllegalArgumentException("no outer-product code for " + program.contraction());
        }
    }

    private void loadRows(int vector) {
        final Z z = Z.s(registers.rows() + vector);
        if (program.shape().rowVectors() == 1 || !isa.loadsSeveral()) {
            final Mem at = Mem.vectors(LHS_AT, vector);
            asm.emit(LD1W, RegisterList.list(z, 1), SmeRegisters.rows(vector).zeroing(), at);
        } else if (vector == 0) {
            asm.emit(LD1W, RegisterList.list(z, 2), ROW_COUNTER.zeroing(), Mem.at(LHS_AT));
        }
    }
}
