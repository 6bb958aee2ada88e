package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.FSUB;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.ZIP1;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Operand;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * What the blocks of a tile of products of two rows and two columns add up to. Sums are {@link FloatSums}. What a row has
 * for a block is there twice, for two columns, and what a column has is made to be there twice, for two rows; but where there
 * is one row, the sums of four columns are brought together, which leaves out the row that nobody asked for.
 */
final class NeonMatrixTotals {
    private static final int VECTOR_BYTES = 16;

    private final Assembler asm;
    private final Program program;
    private final NeonRows rows;
    private final NeonMatrixWeights weights;
    private final NeonMatrixRegisters registers;
    private final boolean oneRow;

    NeonMatrixTotals(
            Assembler asm,
            Program program,
            NeonRows rows,
            NeonMatrixWeights weights,
            NeonMatrixRegisters registers,
            boolean oneRow) {
        this.asm = asm;
        this.program = program;
        this.rows = rows;
        this.weights = weights;
        this.registers = registers;
        this.oneRow = oneRow;
    }

    /**
     * A vector of sums, and what is done with it.
     *
     * @param ofColumns what its columns have
     * @param ofRows what its rows have
     */
    private record Part(V sum, V total, V ofColumns, Operand ofRows) {}

    private V first() {
        return V.s4(registers.free(0));
    }

    private V second() {
        return V.s4(registers.free(1));
    }

    /** A zero, or a product. */
    private V third() {
        return V.s4(registers.free(2));
    }

    /** The parts of four columns. */
    private List<Part> parts(int vector) {
        if (oneRow) {
            final Operand ofRow = new V(registers.lhs(0), Arrangement.S).lane(0);
            return List.of(new Part(registers.sum(0, 2 * vector), registers.total(vector), first(), ofRow));
        }
        final List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            for (int group = 0; group < rows.groups(); group++) {
                parts.add(new Part(
                        registers.sum(group, 2 * vector + i),
                        registers.total(group, 2 * vector + i),
                        i == 0 ? first() : second(),
                        V.s4(registers.lhs(group))));
            }
        }
        return parts;
    }

    private List<Part> load(int vector, NeonMatrixWeights.OfColumns ofColumns) {
        if (oneRow) {
            ofColumns.load(first(), third());
        } else {
            ofColumns.loadTwice(first(), second(), third());
        }
        return parts(vector);
    }

    /** Makes all totals zero. */
    void begin() {
        for (int v = 0; v < program.vectors(); v++) {
            parts(v).forEach(part -> asm.emit(MOVI, part.total(), new Imm(0)));
        }
        asm.set(SCRATCH, FloatSums.ORIGIN);
        asm.emit(DUP, registers.origin(), SCRATCH.w());
    }

    /** {@code total = fma(float(sum), scale, total)}. The panel's pointer is at the block's scales, and moves over them. */
    void add() {
        weights.setZero(third());
        for (int v = 0; v < program.vectors(); v++) {
            bringTogether(v);
            for (final Part part : load(v, weights.scales(v))) {
                asm.emit(FSUB, part.sum(), part.sum(), registers.origin());
                asm.emit(FMLA, part.total(), part.sum(), part.ofColumns());
            }
        }
        weights.advanceScales();
    }

    /** {@code total = fma(min, scaledSumOfRow, total)}. Both pointers are at the start of the block, and stay there. */
    void addMins() {
        loadOfRows();
        for (int v = 0; v < program.vectors(); v++) {
            for (final Part part : load(v, weights.mins(v, 1))) {
                asm.emit(FMLA, part.total(), part.ofColumns(), part.ofRows());
            }
        }
    }

    /** {@code total = fma(float(sum), scaleOfRow * scale, total)}. Both pointers are at scales, and move over them. */
    void addScaled() {
        loadOfRows();
        rows.advance(VECTOR_BYTES);
        for (int v = 0; v < program.vectors(); v++) {
            bringTogether(v);
            for (final Part part : load(v, weights.scales(v))) {
                asm.emit(FSUB, part.sum(), part.sum(), registers.origin());
                asm.emit(FMUL, third(), part.ofColumns(), part.ofRows());
                asm.emit(FMLA, part.total(), part.sum(), third());
            }
        }
        weights.advanceScales();
    }

    private void loadOfRows() {
        for (int group = 0; group < rows.groups(); group++) {
            rows.load(Scalar.q(registers.lhs(group)), group);
        }
    }

    private void bringTogether(int vector) {
        if (oneRow) {
            final V first = registers.sum(0, 2 * vector).as(Arrangement.D2);
            final V second = registers.sum(0, 2 * vector + 1).as(Arrangement.D2);
            asm.emit(ZIP1, first, first, second);
        }
    }
}
