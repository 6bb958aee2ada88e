package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.RDI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPH2PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD213PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMOVZXWD;
import static dev.tilesmith.processor.asm.x86.Op.VPMULLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSUBD;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;

/** What becomes of a tile's sums at the end of a block, and of its totals, or sums, at the end of K. */
final class BlockTotals {
    private static final int BF16_SHIFT = 16;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final int panelColumns;
    private final BlockRegisters registers;

    /**
     * The totals of one tile.
     *
     * @param panelColumns columns of a panel
     */
    BlockTotals(Assembler asm, Isa isa, Program program, int panelColumns, BlockRegisters registers) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.panelColumns = panelColumns;
        this.registers = registers;
    }

    /** What is done with one sum or total. */
    interface SumAction {
        void at(int row, int vector);
    }

    void eachSum(SumAction action) {
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                action.at(row, v);
            }
        }
    }

    /** Clears the whole register. */
    void clear(Vec vec) {
        final Vec low = vec.as(128);
        asm.emit(low.index() > 15 ? VPXORD : VXORPS, low, low, low);
    }

    void begin() {
        if (!program.hasTotals()) {
            return;
        }
        clear(registers.scratch(0));
        eachSum((row, v) -> {
            if (registers.hasTotal(row, v)) {
                clear(registers.total(row, v));
            } else {
                asm.emit(VMOVUPS, registers.totalInMemory(row, v), registers.scratch(0));
            }
        });
    }

    /** {@code total = fma(float(sum), scale, total)}; r8 points to the scales, and is moved beyond them. */
    void addBlock() {
        int scaleBytes = 0;
        for (final Op op : program.end()) {
            switch (op) {
                case Op.LoadBf16(Register _, Cell(Operand _, int _, int vector)) -> {
                    scaleBytes = Short.BYTES;
                    final Vec scale = registers.scratch(vector);
                    asm.emit(VPMOVZXWD, scale, mem(R8, vector * isa.lanes() * scaleBytes));
                    asm.emit(VPSLLD, scale, scale, new Imm(BF16_SHIFT));
                }
                case Op.Load(Register _, Cell(Operand _, int _, int vector)) -> {
                    scaleBytes = Float.BYTES;
                    asm.emit(VMOVUPS, registers.scratch(vector), mem(R8, vector * isa.lanes() * scaleBytes));
                }
                case Op.Convert _, Op.FusedMultiplyAdd _ -> {} // below, for all sums
                default -> throw new IllegalArgumentException("not at the end of a block: " + op);
            }
        }
        eachSum((row, v) -> addSum(row, v, registers.scratch(v)));
        asm.emit(ADD, R8, new Imm((long) panelColumns * scaleBytes));
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
     * scaleOfRow * scale, total)}; r8 points to the scales, and is moved beyond them.
     *
     * @param backToSum bytes from the scale of a row's block back to what is before its values
     */
    void addPairedBlock(int backToSum) {
        final Vec scale = registers.scratch(0);
        final int minsAt = panelColumns * Short.BYTES;
        int bytes = minsAt;
        int vector = 0;
        for (final Op op : program.end()) {
            switch (op) {
                case Op.LoadF16(Register _, Cell(Operand operand, int _, int v)) -> {
                    final boolean min = operand == Operand.BLOCK_MIN;
                    vector = v;
                    bytes = min ? 2 * minsAt : bytes;
                    asm.emit(
                            VCVTPH2PS,
                            min ? min() : scale,
                            mem(R8, (min ? minsAt : 0) + v * isa.lanes() * Short.BYTES));
                }
                case Op.Broadcast(Register _, Cell(Operand operand, int row, int _)) -> {
                    if (operand == Operand.LHS_BLOCK_SUM) {
                        addMin(row, vector, LhsRows.row(row).plus(-backToSum));
                    } else {
                        final Vec both = product();
                        multiply(both, scale, LhsRows.row(row));
                        addSum(row, vector, both);
                    }
                }
                case Op.Multiply _, Op.Convert _, Op.FusedMultiplyAdd _ -> {} // with what they multiply, above
                default -> throw new IllegalArgumentException("not at the end of a block of rows: " + op);
            }
        }
        asm.emit(ADD, R8, new Imm(bytes));
    }

    private Vec min() {
        return registers.scratch(1);
    }

    /** A register beside the scale and, where there is one, the minimum. */
    private Vec product() {
        return registers.scratch(program.hasMins() ? 2 : 1);
    }

    private void addMin(int row, int vector, Mem scaledSum) {
        if (isa == Isa.AVX512 && registers.hasTotal(row, vector)) {
            asm.emit(VFMADD231PS, registers.total(row, vector), min(), scaledSum.repeated());
            return;
        }
        final Vec product = product();
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

    /** Makes results of sums or totals. */
    void finish() {
        if (!program.hasTotals()) {
            scaleSums();
            return;
        }
        eachSum((row, v) -> {
            if (!registers.hasTotal(row, v)) {
                asm.emit(VMOVUPS, registers.result(row, v), registers.totalInMemory(row, v));
            }
        });
        asm.emit(MOV, R13, mem(RDI, FamilyCode.METADATA));
        if (program.pairsBlocks()) {
            eachSum((row, v) -> addBias(registers.result(row, v), 0, v));
        } else {
            scaleTotals();
        }
    }

    /** {@code float(sum - zeroPoint * Σ w) * (scale * inverseScale) + bias}. */
    private void scaleSums() {
        final Vec ofRow = registers.scratch(0);
        final Vec ofColumn = registers.scratch(1);
        asm.emit(MOV, R13, mem(RDI, FamilyCode.METADATA));
        for (int row = 0; row < program.mr(); row++) {
            asm.emit(VPBROADCASTD, ofRow, LhsRows.row(row));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = registers.result(row, v);
                asm.emit(VPMULLD, ofColumn, ofRow, metadata(0, v));
                asm.emit(VPSUBD, sum, sum, ofColumn);
                asm.emit(VCVTDQ2PS, sum, sum);
            }
            asm.emit(VBROADCASTSS, ofRow, LhsRows.row(row).plus(Integer.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec sum = registers.result(row, v);
                asm.emit(VMULPS, ofColumn, ofRow, metadata(1, v));
                asm.emit(VMULPS, sum, sum, ofColumn);
                addBias(sum, 2, v);
            }
        }
    }

    /** {@code fma(Σ scale·w, float(-zeroPoint), total) * inverseScale + bias}. */
    private void scaleTotals() {
        final Vec factor = registers.scratch(0);
        for (int row = 0; row < program.mr(); row++) {
            clear(factor);
            final Vec zeroPoint = registers.scratch(1);
            asm.emit(VPBROADCASTD, zeroPoint, LhsRows.row(row));
            asm.emit(VPSUBD, factor, factor, zeroPoint);
            asm.emit(VCVTDQ2PS, factor, factor);
            final Vec inverseScale = registers.scratch(1);
            asm.emit(VBROADCASTSS, inverseScale, LhsRows.row(row).plus(Integer.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                final Vec total = registers.result(row, v);
                asm.emit(VFMADD231PS, total, factor, metadata(0, v));
                asm.emit(VMULPS, total, total, inverseScale);
                addBias(total, 1, v);
            }
        }
    }

    private void addBias(Vec result, int kind, int vector) {
        if (program.finish().stream().anyMatch(Op.Add.class::isInstance)) {
            asm.emit(VADDPS, result, result, metadata(kind, vector));
        }
    }

    private Mem metadata(int kind, int vector) {
        return mem(R13, kind * panelColumns * Integer.BYTES + vector * isa.bits() / 8);
    }
}
