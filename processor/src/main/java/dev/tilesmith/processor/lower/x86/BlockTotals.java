package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD213PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Program;

/** What becomes of a tile's sums at the end of a block: what they add up to. */
final class BlockTotals {
    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final LhsRows rows;
    private final PanelColumns columns;
    private final BlockRegisters registers;

    /**
     * The totals of one tile.
     *
     * @param rows those of the left operand
     * @param panelColumns columns of a panel
     */
    BlockTotals(Assembler asm, Isa isa, Program program, LhsRows rows, int panelColumns, BlockRegisters registers) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.rows = rows;
        this.columns = PanelColumns.of(program, panelColumns);
        this.registers = registers;
    }

    void begin() {
        if (!program.contraction().hasTotals()) {
            return;
        }
        PassConstants.clear(asm, registers.scratch(0));
        Sums.each(program, (row, v) -> {
            if (registers.hasTotal(row, v)) {
                PassConstants.clear(asm, registers.total(row, v));
            } else {
                asm.emit(VMOVUPS, registers.totalInMemory(row, v), registers.scratch(0));
            }
        });
    }

    /** Begins a total with what is in memory. */
    void beginWith(int row, int vector, Mem earlier) {
        if (registers.hasTotal(row, vector)) {
            asm.emit(VMOVUPS, registers.total(row, vector), earlier);
        } else {
            asm.emit(VMOVUPS, registers.scratch(0), earlier);
            asm.emit(VMOVUPS, registers.totalInMemory(row, vector), registers.scratch(0));
        }
    }

    /** {@code total = fma(float(sum), scale, total)}; the place in the panel is at the scales, and is moved beyond them. */
    void addBlock(BlockEnd.Scale scale) {
        for (int v = 0; v < program.vectors(); v++) {
            ScaleLoad.emit(asm, registers.scratch(v), mem(RHS_AT, v * isa.lanes() * scale.bytes()), scale);
        }
        Sums.each(program, (row, v) -> addSum(row, v, registers.scratch(v)));
        asm.emit(ADD, RHS_AT, new Imm(columns.blockEnd()));
    }

    private void addSum(int row, int vector, Vec scale) {
        final Vec sum = registers.sum(0, row, vector);
        asm.emit(VCVTDQ2PS, sum, sum);
        if (registers.hasTotal(row, vector)) {
            asm.emit(VFMADD231PS, registers.total(row, vector), sum, scale);
        } else {
            asm.emit(VFMADD213PS, sum, scale, registers.totalInMemory(row, vector));
            asm.emit(VMOVUPS, registers.totalInMemory(row, vector), sum);
        }
    }

    /**
     * {@code total = fma(min, scaledSumOfRow, total)} where weights have minima, then {@code total = fma(float(sum),
     * scaleOfRow * scale, total)}; the place in the panel is at the scales, and is moved beyond them.
     *
     * @param end what happens
     * @param backToSum bytes from the scale of a row's block back to what is before its values
     */
    void addPairedBlock(BlockEnd.OfBoth end, int backToSum) {
        final Vec scale = registers.scratch(0);
        final Vec product = registers.scratch(end.minima() ? 2 : 1);
        for (int v = 0; v < program.vectors(); v++) {
            final int at = v * isa.lanes() * end.scale().bytes();
            ScaleLoad.emit(asm, scale, mem(RHS_AT, at), end.scale());
            if (end.minima()) {
                ScaleLoad.emit(asm, min(), mem(RHS_AT, columns.minima() + at), end.scale());
            }
            for (int row = 0; row < program.mr(); row++) {
                if (end.minima()) {
                    addMin(row, v, rows.row(row).plus(-backToSum), product);
                }
                multiply(product, scale, rows.row(row));
                addSum(row, v, product);
            }
        }
        asm.emit(ADD, RHS_AT, new Imm(columns.blockEnd()));
    }

    private Vec min() {
        return registers.scratch(1);
    }

    private void addMin(int row, int vector, Mem scaledSum, Vec product) {
        if (isa == Isa.AVX512 && registers.hasTotal(row, vector)) {
            asm.emit(VFMADD231PS, registers.total(row, vector), min(), scaledSum.repeated());
            return;
        }
        asm.emit(VBROADCASTSS, product, scaledSum);
        if (registers.hasTotal(row, vector)) {
            asm.emit(VFMADD231PS, registers.total(row, vector), min(), product);
        } else {
            asm.emit(VFMADD213PS, product, min(), registers.totalInMemory(row, vector));
            asm.emit(VMOVUPS, registers.totalInMemory(row, vector), product);
        }
    }

    private void multiply(Vec to, Vec scale, Mem ofRow) {
        if (isa == Isa.AVX512) {
            asm.emit(VMULPS, to, scale, ofRow.repeated());
        } else {
            asm.emit(VBROADCASTSS, to, ofRow);
            asm.emit(VMULPS, to, to, scale);
        }
    }

    /** Brings totals that have no registers to those of their results. */
    void load() {
        if (!program.contraction().hasTotals()) {
            return;
        }
        Sums.each(program, (row, v) -> {
            if (!registers.hasTotal(row, v)) {
                asm.emit(VMOVUPS, registers.result(row, v), registers.totalInMemory(row, v));
            }
        });
    }
}
