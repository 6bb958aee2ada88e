package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPH2PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMASKMOVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.FETCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.PANEL_STRIDE;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Product;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one tile of f32 rows, and weights that are floats: those of 16 bits are widened as they are loaded, which is once
 * for all rows. {@link FamilyRegisters} has what registers hold on entry. The code moves the places of the tile's
 * first row and first result to the next tile and jumps to {@code done}.
 *
 * <p>A tile of few rows may have columns of two panels, so that it has sums enough to keep the multipliers busy.
 */
final class F32TileCode implements TileCode {
    /** What a pass of one step fetches, whatever its columns, of weights of 32 bits. */
    private static final int LEAST_FETCHED = 2 * FetchAhead.LINE;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final Stored stored;
    private final LhsRows rows;
    private final VectorSet vectors;
    private final TileEnd end;
    private final int panelVectors;
    private final int unroll;
    private final FetchAhead ahead;

    /**
     * The code of one tile.
     *
     * @param rows those of the left operand
     * @param panelVectors vectors of columns of a panel: if they are more than the tile's, those beyond are skipped; if
     *     they are fewer, the tile goes on in the next panel
     * @param unroll steps of a pass, in which sums are added to one step after the other
     */
    F32TileCode(Assembler asm, Isa isa, Program program, LhsRows rows, int panelVectors, int unroll, FetchAhead ahead) {
        if (!program.contraction().isChainOfFloats(Product.FMA)) {
            throw new IllegalArgumentException("no code of f32 tiles for " + program.contraction());
        }
        if (program.epilogue().readsRows()) {
            throw new IllegalArgumentException(
                    "rows of f32s have values alone: " + program.epilogue().print());
        }
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.stored = program.contraction().rhs().stored();
        this.rows = rows;
        this.vectors = new VectorSet(isa.bits(), isa.registers());
        this.panelVectors = panelVectors;
        this.unroll = unroll;
        this.ahead = ahead;
        Sums.each(program, this::sum);
        vectors.keepAssigned();
        this.end = new TileEnd(asm, isa, program, rows);
    }

    private Label label(String place) {
        return TileCode.label(program, place);
    }

    @Override
    public void emit(Label done) {
        asm.bind(TileCode.entry(program));
        beginSums();
        StepLoop.emit(asm, program, unroll, this::pass);
        testFlag(NativeArguments.FINISH);
        asm.emit(JE, EpilogueCode.store(program));
        new TileFinish(asm, isa, program, rows).emit(new Metadata(), registers(), done);
    }

    /** Zero, or what the result holds from an earlier block of K. */
    private void beginSums() {
        testFlag(NativeArguments.RESUME);
        asm.emit(JNE, label("resume"));
        Sums.each(program, (row, v) -> PassConstants.clear(asm, sum(row, v)));
        asm.emit(JMP, label("steps"));
        asm.bind(label("resume"));
        end.eachRow((row, at) -> {
            for (int v = 0; v < program.vectors(); v++) {
                loadSum(sum(row, v), v, at.plus(v * isa.bits() / 8));
            }
        });
        asm.bind(label("steps"));
        rows.beginTile(program.mr());
        if (isWide()) {
            asm.emit(MOV, PANEL_STRIDE, mem(ARGUMENTS, NativeArguments.RHS_STRIDE));
        }
        asm.emit(MOV, RHS_AT, RHS);
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.STEPS));
    }

    /** Sets the zero flag if a flag of the call is not set. The scratch register is used. */
    private void testFlag(int flag) {
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.FLAGS));
        asm.emit(TEST, SCRATCH.as(32), new Imm(flag));
    }

    private void loadSum(Vec sum, int vector, Mem from) {
        if (isa == Isa.AVX512) {
            asm.emit(VMOVUPS, sum.zeroing(FamilyRegisters.columnMask(vector)), from);
        } else {
            final Vec mask = vectors.scratch(0);
            asm.emit(VMOVUPS, mask, FamilyRegisters.columnMaskInMemory(vector));
            asm.emit(VMASKMOVPS, sum, mask, from);
        }
    }

    /** Whether it has columns of two panels. Its rows are few then, and leave a register for the distance between these. */
    private boolean isWide() {
        return program.vectors() > panelVectors;
    }

    /** A vector of the tile's columns, where {@code base} is at the first of the panel, of so many bytes to a column. */
    private Mem columns(Gpr base, int vector, int valueBytes) {
        final int bytes = vector % panelVectors * isa.lanes() * valueBytes;
        return vector < panelVectors ? mem(base, bytes) : mem(base, PANEL_STRIDE, 1, bytes);
    }

    private void pass(int steps) {
        for (int step = 0; step < steps; step++) {
            step(step);
        }
        final int bytes = steps > 1 ? steps * stepBytes() : LEAST_FETCHED * stored.bytes() / Float.BYTES;
        ahead.lines(mem(FETCH), bytes);
        if (isWide()) {
            ahead.lines(mem(FETCH, PANEL_STRIDE, 1, 0), bytes);
        }
        ahead.advance(steps);
        rows.advance(program.mr(), steps * Float.BYTES);
        asm.emit(ADD, RHS_AT, new Imm(steps * (long) stepBytes()));
    }

    /** Bytes of a panel that a step takes. */
    private int stepBytes() {
        return panelVectors * isa.lanes() * stored.bytes();
    }

    private void step(int step) {
        for (int v = 0; v < program.vectors(); v++) {
            load(weights(v), columns(RHS_AT, v, stored.bytes()).plus(step * stepBytes()));
        }
        for (int row = 0; row < program.mr(); row++) {
            final Vec broadcast = vectors.broadcast(row);
            asm.emit(VBROADCASTSS, broadcast, rows.row(row).plus(step * Float.BYTES));
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(VFMADD231PS, sum(row, v), broadcast, weights(v));
            }
        }
    }

    /** Loads weights as binary32. Neither subnormals as zero nor results that are flushed, if a caller has set that, is of effect. */
    private void load(Vec weights, Mem from) {
        switch (stored) {
            case F32 -> asm.emit(VMOVUPS, weights, from);
            case F16 -> asm.emit(VCVTPH2PS, weights, from);
            case BF16 -> ScaleLoad.ofBf16(asm, weights, from);
            case INT8, NIBBLES, TWO_BITS -> throw new IllegalStateException("integers are no floats: " + stored);
        }
    }

    private EpilogueRegisters registers() {
        return new EpilogueRegisters(program, this::sum, vectors::scratch);
    }

    private Vec sum(int row, int vector) {
        return vectors.of(new VectorSet.Sum(0, row, vector));
    }

    private Vec weights(int vector) {
        return vectors.of(new VectorSet.Weights(vector));
    }

    /** What a panel has for its columns, of two panels too. */
    private final class Metadata implements EpilogueCode.Columns {
        @Override
        public Gpr base() {
            return SCRATCH;
        }

        @Override
        public Mem at(ColumnPart part, int vector) {
            return columns(SCRATCH, vector, Float.BYTES)
                    .plus(PanelColumns.of(program, panelVectors * isa.lanes()).offsetOf(part));
        }
    }
}
