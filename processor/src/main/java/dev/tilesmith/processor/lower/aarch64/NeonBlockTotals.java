package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTL;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.FSUB;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LDUR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Element;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Program;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What the blocks of a tile add up to, in registers where there are enough, else in the argument block. The sums of the block
 * at hand are {@link FloatSums}.
 */
final class NeonBlockTotals {
    private static final int VECTOR_BYTES = 16;

    /** Four f32s of the argument block's state: what sums begin with but for what is added up. */
    private static final Mem ORIGIN = Mem.at(ARGUMENTS, NativeArguments.STATE);

    private final Assembler asm;
    private final Program program;
    private final NeonRows rows;
    private final NeonResults sums;
    private final Optional<NeonResults> registers;
    private final IntFunction<V> scratch;
    private final IntFunction<V> ofRow;
    private final boolean mins;
    private final PanelColumns columns;

    /**
     * The totals of a tile.
     *
     * @param sums where the sums of a block are; once the last block is done, where totals are brought to that are in memory
     * @param registers where totals are, if they are in registers
     * @param scratch five registers in which nothing is kept at the end of a block
     * @param ofRow for each row a register more
     */
    NeonBlockTotals(
            Assembler asm,
            Program program,
            NeonRows rows,
            NeonResults sums,
            Optional<NeonResults> registers,
            IntFunction<V> scratch,
            IntFunction<V> ofRow) {
        this.asm = asm;
        this.program = program;
        this.rows = rows;
        this.sums = sums;
        this.registers = registers;
        this.scratch = scratch;
        this.ofRow = ofRow;
        this.columns = PanelColumns.of(program);
        this.mins = program.contraction().hasMinima();
    }

    private Mem total(int row, int v) {
        return Mem.at(ARGUMENTS, NativeArguments.TOTALS + (row * program.vectors() + v) * (long) VECTOR_BYTES);
    }

    /** A total that is in a register, or has been loaded. */
    private V take(int row, int v) {
        if (registers.isPresent()) {
            return registers.get().at(row, v);
        }
        final V total = scratch.apply(2);
        asm.emit(LDR, Scalar.q(total.index()), total(row, v));
        return total;
    }

    private void putBack(V total, int row, int v) {
        if (registers.isEmpty()) {
            asm.emit(STR, Scalar.q(total.index()), total(row, v));
        }
    }

    /** Makes all totals zero. */
    void begin() {
        asm.set(SCRATCH, FloatSums.ORIGIN);
        asm.emit(DUP, scratch.apply(0), SCRATCH.w());
        asm.emit(STR, Scalar.q(scratch.apply(0).index()), ORIGIN);
        asm.emit(MOVI, scratch.apply(0), new Imm(0));
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                if (registers.isPresent()) {
                    asm.emit(MOVI, registers.get().at(row, v), new Imm(0));
                } else {
                    putBack(scratch.apply(0), row, v);
                }
            }
        }
    }

    /** Begins a sum where rows have nothing that it begins with; and what makes floats of sums. */
    void loadOrigin(V to) {
        asm.emit(LDR, Scalar.q(to.index()), ORIGIN);
    }

    /** Brings a total that is in memory to where its sum was. */
    void load(int row, int v) {
        if (registers.isEmpty()) {
            asm.emit(LDR, Scalar.q(sums.at(row, v).index()), total(row, v));
        }
    }

    /** {@code total = fma(float(sum), scale, total)}. The panel's pointer is at the block's scales, and moves over them. */
    void addBlock() {
        final boolean bf16 = program.contraction()
                .scale()
                .filter(BlockEnd.Scale.BF16::equals)
                .isPresent();
        final V scale = scratch.apply(0);
        final V zero = scratch.apply(1);
        loadOrigin(origin());
        if (bf16) {
            asm.emit(MOVI, zero, new Imm(0));
        }
        for (int v = 0; v < program.vectors(); v++) {
            if (bf16) {
                asm.emit(LDR, Scalar.d(scale.index()), Mem.at(PANEL, v * (long) VECTOR_BYTES / 2));
                asm.emit(ZIP1, scale.as(Arrangement.H8), zero.as(Arrangement.H8), scale.as(Arrangement.H8));
            } else {
                asm.emit(LDR, Scalar.q(scale.index()), Mem.at(PANEL, v * (long) VECTOR_BYTES));
            }
            for (int row = 0; row < program.mr(); row++) {
                final V total = take(row, v);
                add(total, sums.at(row, v), scale);
                putBack(total, row, v);
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(columns.blockEnd()));
    }

    private void add(V total, V sum, V scale) {
        asm.emit(FSUB, sum, sum, origin());
        asm.emit(FMLA, total, sum, scale);
    }

    private V origin() {
        return scratch.apply(4);
    }

    /**
     * {@code total = fma(min, scaledSumOfRow, total)} where blocks have minima, and {@code total = fma(float(sum),
     * scaleOfRow * scale, total)}. The index is where rows have their scales, and moves over them, as the panel's pointer
     * does.
     *
     * @param backToSum bytes from a row's scale back to its scaled sum
     */
    void addPairedBlock(int backToSum) {
        final V scale = scratch.apply(0);
        final V min = scratch.apply(1);
        final V both = scratch.apply(3);
        loadOrigin(origin());
        loadOfRows(backToSum);
        for (int v = 0; v < program.vectors(); v++) {
            loadF16(scale, 0, v);
            if (mins) {
                loadF16(min, columns.minima(), v);
            }
            for (int row = 0; row < program.mr(); row++) {
                final V total = take(row, v);
                if (mins) {
                    asm.emit(FMLA, total, min, scaledSum(row));
                }
                asm.emit(FMUL, both, scale, scaleOf(row));
                add(total, sums.at(row, v), both);
                putBack(total, row, v);
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(columns.blockEnd()));
    }

    private void loadOfRows(int backToSum) {
        for (int row = 0; row < program.mr(); row++) {
            final V to = ofRow.apply(row);
            if (mins) {
                rows.address(SCRATCH, row);
                asm.emit(LDUR, Scalar.s(to.index()), Mem.at(SCRATCH, -backToSum));
                asm.emit(LD1, RegisterList.list(to.as(Arrangement.S), 1).lane(1), Mem.at(SCRATCH));
            } else {
                rows.load(Scalar.s(to.index()), row);
            }
        }
        rows.advance(Float.BYTES);
    }

    private Element scaledSum(int row) {
        return ofRow.apply(row).as(Arrangement.S).lane(0);
    }

    private Element scaleOf(int row) {
        return ofRow.apply(row).as(Arrangement.S).lane(mins ? 1 : 0);
    }

    /** Loads four of the scales, or of the minima, which lie {@code from} bytes on. */
    private void loadF16(V to, int from, int v) {
        asm.emit(LDR, Scalar.d(to.index()), Mem.at(PANEL, from + v * (long) VECTOR_BYTES / 2));
        asm.emit(FCVTL, to, to.as(Arrangement.H4));
    }
}
