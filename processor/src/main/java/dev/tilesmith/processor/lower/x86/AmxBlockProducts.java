package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JLE;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.TDPBSSD;
import static dev.tilesmith.processor.asm.x86.Op.TILELOADD;
import static dev.tilesmith.processor.asm.x86.Op.TILESTORED;
import static dev.tilesmith.processor.asm.x86.Op.TILEZERO;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VFMADD231PS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.asm.x86.TileConfiguration.Size;
import dev.tilesmith.processor.asm.x86.Tmm;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Contraction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The totals of 16 rows by 16 columns over blocks along K, {@value #IN_TURN} at a time: those in vector registers, one for each row,
 * and sums in tile registers that take turns. Sums are stored two blocks after their product, and scaled three after it, so that the latency
 * of a product is spent on scaling others. What is scaled before there is anything are zeros, by scales of zero.
 */
final class AmxBlockProducts {
    /** Tile registers of sums, and blocks of a pass. */
    static final int IN_TURN = 4;

    private static final int STORED_AFTER = 2;
    private static final int SCALED_AFTER = BlockCopies.BLOCKS_BEFORE;
    private static final int ROWS = BlockCopies.LANES;
    private static final int ROW_BYTES = PanelLayout.INT4_GROUP;
    private static final int LINE = 64;
    private static final int STEP_BYTES = ROWS * ROW_BYTES;

    private static final Gpr ROWS_AT = Gpr.RAX;
    private static final Gpr COLUMNS_AT = Gpr.R8;
    private static final Gpr COLUMN_SCALES = Gpr.R14;
    private static final Gpr ROW_SCALES = Gpr.RBX;
    private static final Gpr ROW_STRIDE = Gpr.RBP;
    private static final Gpr COLUMN_STRIDE = Gpr.R12;
    private static final Gpr SUM_STRIDE = FamilyRegisters.LHS;
    private static final Gpr PASSES = Gpr.R13;
    private static final Gpr STEPS = Gpr.R11;

    private static final Vec SCALE = Vec.zmm(31);
    private static final Vec MINIMUM = Vec.zmm(30);
    private static final int FIRST_SCRATCH = ROWS;
    private static final int SCRATCH = 6;

    private final Assembler asm;
    private final Contraction contraction;
    private final PanelColumns columns;
    private final FetchAhead ahead;
    private final boolean inPlace;
    private final int vectors;
    private final int scaleBytes;

    AmxBlockProducts(Assembler asm, Contraction contraction, PanelColumns columns, int vectors, FetchAhead ahead) {
        this.asm = asm;
        this.contraction = contraction;
        this.columns = columns;
        this.ahead = ahead;
        this.inPlace = AmxBlockPanel.isInPlace(contraction);
        this.vectors = vectors;
        this.scaleBytes = BlockCopies.scaleBytes(contraction.hasMinima());
    }

    /** Sums, two of rows, and two of columns, a step of a block each. */
    static TileConfiguration configuration() {
        final Size rows = new Size(ROWS, ROW_BYTES);
        final Size columns = new Size(ROW_BYTES / Integer.BYTES, LINE);
        final List<Size> sizes = new ArrayList<>(Collections.nCopies(IN_TURN, Size.LARGEST));
        sizes.addAll(List.of(rows, rows, columns, columns));
        return new TileConfiguration(sizes);
    }

    /** Leaves in the frame the totals of the tile of rows at hand, over all whole passes; the registers that rows have of their own are lost. */
    void emit() {
        final Label done = new Label("totals_done");
        asm.emit(MOV, AmxFrame.HEIGHTS, FamilyRegisters.HEIGHTS);
        asm.emit(MOV, ROW_STRIDE, new Imm(ROW_BYTES));
        asm.emit(MOV, COLUMN_STRIDE, new Imm(vectors * (long) LINE));
        asm.emit(MOV, AmxBlockFrame.LHS.place(), FamilyRegisters.LHS);
        asm.emit(MOV, SUM_STRIDE, new Imm(LINE));
        for (int half = 0; half < vectors; half++) {
            if (half > 0) {
                asm.emit(MOV, PASSES, mem(ARGUMENTS, COLUMNS));
                asm.emit(CMP, PASSES, new Imm((long) half * ROWS));
                asm.emit(JLE, done);
            }
            begin(half);
            final Label pass = new Label("blocks_of_half" + half);
            asm.align(32);
            asm.bind(pass);
            for (int block = 0; block < IN_TURN; block++) {
                product(block, half);
                store(block - STORED_AFTER);
                scale(block - SCALED_AFTER, block);
            }
            asm.emit(ADD, COLUMN_SCALES, new Imm(IN_TURN * (long) scaleBytes));
            asm.emit(ADD, ROW_SCALES, new Imm(IN_TURN * (long) scaleBytes));
            asm.emit(DEC, PASSES);
            asm.emit(JNE, pass);
            end();
            for (int row = 0; row < ROWS; row++) {
                asm.emit(VMOVUPS, mem(Gpr.RSP, AmxBlockFrame.TOTALS + (row * vectors + half) * LINE), total(row));
            }
        }
        asm.bind(done);
        asm.emit(MOV, FamilyRegisters.HEIGHTS, AmxFrame.HEIGHTS);
        asm.emit(MOV, FamilyRegisters.LHS, AmxBlockFrame.LHS.place());
    }

    private void begin(int half) {
        asm.emit(MOV, ROWS_AT, AmxBlockFrame.ROWS_AT.place());
        asm.emit(MOV, ROW_SCALES, ROWS_AT);
        asm.emit(ADD, ROW_SCALES, AmxBlockFrame.VALUE_BYTES.place());
        asm.emit(MOV, COLUMN_SCALES, AmxBlockFrame.SCALES.place());
        for (int before = 0; before < half; before++) {
            asm.emit(ADD, COLUMN_SCALES, AmxBlockFrame.SCALE_BYTES.place());
        }
        if (inPlace) {
            asm.emit(MOV, COLUMNS_AT, FamilyRegisters.RHS);
        } else {
            asm.emit(MOV, COLUMNS_AT, mem(ARGUMENTS, NativeArguments.DECODED));
        }
        asm.emit(ADD, COLUMNS_AT, new Imm((long) half * LINE));
        asm.emit(MOV, PASSES, mem(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(SHR, PASSES, new Imm(Integer.numberOfTrailingZeros(IN_TURN)));
        for (int row = 0; row < ROWS; row++) {
            PassConstants.clear(asm, total(row));
        }
        for (int block = -STORED_AFTER; block < 0; block++) {
            asm.emit(TILEZERO, sum(block));
        }
        for (int row = 0; row < ROWS; row++) {
            asm.emit(VMOVUPS, sums(-SCALED_AFTER, row), total(0));
        }
    }

    private void product(int block, int half) {
        final Label step = new Label("step" + block + "_of_half" + half);
        final Tmm rows = new Tmm(IN_TURN + block % 2);
        final Tmm weights = new Tmm(IN_TURN + 2 + block % 2);
        asm.emit(TILEZERO, sum(block));
        asm.emit(MOV, STEPS, mem(ARGUMENTS, NativeArguments.STEPS));
        asm.bind(step);
        asm.emit(TILELOADD, weights, mem(COLUMNS_AT, COLUMN_STRIDE, 1, 0));
        asm.emit(TILELOADD, rows, mem(ROWS_AT, ROW_STRIDE, 1, 0));
        asm.emit(TDPBSSD, sum(block), rows, weights);
        asm.emit(ADD, COLUMNS_AT, new Imm((long) vectors * STEP_BYTES));
        asm.emit(ADD, ROWS_AT, new Imm(STEP_BYTES));
        asm.emit(DEC, STEPS);
        asm.emit(JNE, step);
        if (inPlace) {
            fetchAhead();
            asm.emit(ADD, COLUMNS_AT, new Imm(columns.blockEnd()));
        }
    }

    /** A pass ahead: loads of tile registers are no loads that the CPU would foresee others by. */
    private void fetchAhead() {
        final int step = vectors * STEP_BYTES;
        final int distance = IN_TURN * (step + columns.blockEnd()) - step;
        for (int row = 0; row < ROW_BYTES / Integer.BYTES; row++) {
            ahead.lines(mem(COLUMNS_AT, distance + row * vectors * LINE), LINE);
        }
    }

    private void store(int block) {
        asm.emit(TILESTORED, mem(Gpr.RSP, SUM_STRIDE, 1, AmxBlockFrame.sums(block + IN_TURN)), sum(block));
    }

    /** {@code at}: the block's scales, from those at hand on. */
    private void scale(int block, int at) {
        final int scales = at * scaleBytes;
        asm.emit(VMOVUPS, SCALE, mem(COLUMN_SCALES, scales));
        if (contraction.hasMinima()) {
            asm.emit(VMOVUPS, MINIMUM, mem(COLUMN_SCALES, scales + LINE));
        }
        for (int row = 0; row < ROWS; row++) {
            final Vec sum = Vec.zmm(FIRST_SCRATCH + row % SCRATCH);
            asm.emit(VCVTDQ2PS, sum, sums(block, row));
            if (contraction.hasMinima()) {
                asm.emit(
                        VFMADD231PS,
                        total(row),
                        MINIMUM,
                        mem(ROW_SCALES, scales + LINE + row * Float.BYTES).repeated());
            }
            if (contraction.scalesRows()) {
                final Vec scale = Vec.zmm(FIRST_SCRATCH + SCRATCH + row % SCRATCH);
                asm.emit(
                        VMULPS,
                        scale,
                        SCALE,
                        mem(ROW_SCALES, scales + row * Float.BYTES).repeated());
                asm.emit(VFMADD231PS, total(row), sum, scale);
            } else {
                asm.emit(VFMADD231PS, total(row), sum, SCALE);
            }
        }
    }

    /** What is left of the last blocks. */
    private void end() {
        store(IN_TURN - 2);
        scale(1, 0);
        store(IN_TURN - 1);
        scale(2, 1);
        scale(3, 2);
    }

    private static Tmm sum(int block) {
        return new Tmm(Math.floorMod(block, IN_TURN));
    }

    private static Vec total(int row) {
        return Vec.zmm(row);
    }

    private static Mem sums(int block, int row) {
        return mem(Gpr.RSP, AmxBlockFrame.sums(block + IN_TURN) + row * LINE);
    }
}
