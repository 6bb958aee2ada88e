package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
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
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.HashMap;
import java.util.Map;

/** One step along K of outer products: what it loads, and what it multiplies. */
final class SmeStep {
    private final Assembler asm;
    private final SmeIsa isa;
    private final Program program;
    private final SmeColumns columns;
    private final Registers registers;
    private final Map<Register, Z> loaded = new HashMap<>();

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
        for (final Op op : program.step()) {
            switch (op) {
                case Op.Load(Register to, Cell from)
                when from.operand() == Cell.Operand.LHS_ROWS -> loadRows(to, from.vector());
                case Op.Load(Register to, Cell from) -> loadColumns(to, from.vector());
                case Op.LoadSignedNibbles(Register to, Cell from, int _) -> loadColumns(to, from.vector());
                case Op.LookUpAll(Register to, Register _, Cell from) -> loadColumns(to, from.vector());
                case Op.FusedOuterProduct _, Op.DotOuterProduct _ -> {
                    // once all is loaded
                }
                default -> throw new IllegalArgumentException("no outer-product code has in a step: " + op);
            }
        }
    }

    /** Goes to the values of the next step. */
    void advance(int panelColumns) {
        asm.emit(ADD, LHS_AT, LHS_AT, LHS_STEP);
        asm.emit(ADD, RHS_AT, RHS_AT, new Imm(panelColumns * (long) columns.columnBytes()));
    }

    /** Multiplies all vectors with all, the sums being the tiles of ZA in their order. */
    void multiply() {
        for (final Op op : program.step()) {
            switch (op) {
                case Op.FusedOuterProduct(Register tile, Register a, Register b) ->
                    asm.emit(FMOPA, tile(tile), ALL.merging(), ALL.merging(), loaded.get(a), loaded.get(b));
                case Op.DotOuterProduct(Register tile, Register a, Register b) -> dot(tile(tile), a, b);
                default -> {
                    // loaded before
                }
            }
        }
    }

    /** Multiplies the rows with one vector of columns alone. */
    void multiply(int vector, Tile sums) {
        for (final Op op : program.step()) {
            if (op instanceof Op.DotOuterProduct(Register tile, Register a, Register b)
                    && tile(tile).index() == vector) {
                dot(sums, a, b);
            }
        }
    }

    private void dot(Tile sums, Register rows, Register columns) {
        asm.emit(SMOPA, sums, ALL.merging(), ALL.merging(), bytes(rows), bytes(columns));
    }

    private Tile tile(Register sums) {
        return Tile.s(program.accumulators().indexOf(sums));
    }

    private Z bytes(Register register) {
        return loaded.get(register).as(ElementSize.B);
    }

    private void loadRows(Register to, int vector) {
        final Z z = Z.s(registers.rows() + vector);
        loaded.put(to, z);
        if (program.rowVectors() == 1 || !isa.loadsSeveral()) {
            final Mem at = Mem.vectors(LHS_AT, vector);
            asm.emit(LD1W, RegisterList.list(z, 1), SmeRegisters.rows(vector).zeroing(), at);
        } else if (vector == 0) {
            asm.emit(LD1W, RegisterList.list(z, 2), ROW_COUNTER.zeroing(), Mem.at(LHS_AT));
        }
    }

    private void loadColumns(Register to, int vector) {
        if (vector == 0) {
            columns.load(registers.columns(), registers.packed(), registers.spare());
        }
        loaded.put(to, Z.s(registers.columns() + vector));
    }
}
