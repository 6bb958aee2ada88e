package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTL;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LDUR;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.STR;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.INDEX;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.PANEL;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Element;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Cell;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import dev.tilesmith.runtime.NativeArguments;
import java.util.function.IntFunction;

/** What the blocks of a tile add up to, in the argument block; the registers have the sums of the block at hand. */
final class NeonBlockTotals {
    private static final int VECTOR_BYTES = 16;

    private final Assembler asm;
    private final Program program;
    private final NeonRows rows;
    private final NeonTileEnd.Results sums;
    private final IntFunction<V> scratch;
    private final IntFunction<V> ofRow;
    private final boolean mins;

    /**
     * The totals of a tile.
     *
     * @param sums where the sums of a block are; once the last block is done, where totals are brought to
     * @param scratch four registers in which nothing is kept at the end of a block
     * @param ofRow for each row a register more
     */
    NeonBlockTotals(
            Assembler asm,
            Program program,
            NeonRows rows,
            NeonTileEnd.Results sums,
            IntFunction<V> scratch,
            IntFunction<V> ofRow) {
        this.asm = asm;
        this.program = program;
        this.rows = rows;
        this.sums = sums;
        this.scratch = scratch;
        this.ofRow = ofRow;
        this.mins = program.end().stream()
                .anyMatch(op -> op instanceof Op.LoadF16(Register _, Cell from) && from.operand() == Operand.BLOCK_MIN);
    }

    /** Whether rows have scales for the same blocks. */
    boolean ofPairs() {
        return ends(Op.LoadF16.class);
    }

    private boolean ends(Class<? extends Op> kind) {
        return program.end().stream().anyMatch(kind::isInstance);
    }

    private Mem total(int row, int v) {
        return Mem.at(ARGUMENTS, NativeArguments.TOTALS + (row * program.vectors() + v) * (long) VECTOR_BYTES);
    }

    private void load(V to, int row, int v) {
        asm.emit(LDR, Scalar.q(to.index()), total(row, v));
    }

    private void store(V from, int row, int v) {
        asm.emit(STR, Scalar.q(from.index()), total(row, v));
    }

    /** Makes all totals zero. */
    void begin() {
        asm.emit(MOVI, scratch.apply(0), new Imm(0));
        for (int row = 0; row < program.mr(); row++) {
            for (int v = 0; v < program.vectors(); v++) {
                store(scratch.apply(0), row, v);
            }
        }
    }

    /** Brings a total to where its sum was. */
    void load(int row, int v) {
        load(sums.at(row, v), row, v);
    }

    /** {@code total = fma(float(sum), scale, total)}. The panel's pointer is at the block's scales, and moves over them. */
    void addBlock() {
        final boolean bf16 = ends(Op.LoadBf16.class);
        final V scale = scratch.apply(0);
        final V zero = scratch.apply(1);
        final V total = scratch.apply(2);
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
                load(total, row, v);
                add(total, sums.at(row, v), scale);
                store(total, row, v);
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(program.nr() * (long) (bf16 ? Short.BYTES : Float.BYTES)));
    }

    private void add(V total, V sum, V scale) {
        asm.emit(SCVTF, sum, sum);
        asm.emit(FMLA, total, sum, scale);
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
        final V total = scratch.apply(2);
        final V both = scratch.apply(3);
        loadOfRows(backToSum);
        for (int v = 0; v < program.vectors(); v++) {
            loadF16(scale, 0, v);
            if (mins) {
                loadF16(min, 1, v);
            }
            for (int row = 0; row < program.mr(); row++) {
                load(total, row, v);
                if (mins) {
                    asm.emit(FMLA, total, min, scaledSum(row));
                }
                asm.emit(FMUL, both, scale, scaleOf(row));
                add(total, sums.at(row, v), both);
                store(total, row, v);
            }
        }
        asm.emit(ADD, PANEL, PANEL, new Imm(program.nr() * (long) Short.BYTES * (mins ? 2 : 1)));
    }

    private void loadOfRows(int backToSum) {
        for (int row = 0; row < program.mr(); row++) {
            final V to = ofRow.apply(row);
            if (mins) {
                asm.emit(ADD, SCRATCH, NeonRegisters.row(row), INDEX);
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

    /** Loads four of the scales, kind 0, or of the minima, kind 1. */
    private void loadF16(V to, int kind, int v) {
        final long at = ((long) kind * program.nr() + v * 4L) * Short.BYTES;
        asm.emit(LDR, Scalar.d(to.index()), Mem.at(PANEL, at));
        asm.emit(FCVTL, to, to.as(Arrangement.H4));
    }
}
