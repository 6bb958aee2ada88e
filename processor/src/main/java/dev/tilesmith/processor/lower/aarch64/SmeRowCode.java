package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.FMLA;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1RQW;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1RW;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVA;
import static dev.tilesmith.processor.asm.aarch64.Op.SCVTF;
import static dev.tilesmith.processor.asm.aarch64.Op.SDOT;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.ZERO;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN_COUNTER;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.DST_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.GROUP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LANES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROWS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_DST;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Tile;
import dev.tilesmith.processor.asm.aarch64.TileGroup;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.asm.aarch64.ZaVectors;
import dev.tilesmith.processor.program.LaneType;
import dev.tilesmith.processor.program.Program;

/**
 * The code of one row in SME2: four vectors of columns are multiplied with one value at once, into vectors of ZA. The
 * values of four steps are loaded together, and each is an element of them.
 *
 * <p>Sums of integers are four partial ones, a step each, so that no product waits for the one before it. A sum of
 * binary32 is one chain, and so is that of a block: its weights take three instructions to load for each product, and
 * other partial sums would have to be added up at every block's end.
 */
final class SmeRowCode {
    private static final int VECTORS = 4;
    private static final int RESUME = Integer.numberOfTrailingZeros(NativeArguments.RESUME);

    /** Values of the row; it must be one of the first sixteen registers. */
    private static final int LHS_VALUES = 0;

    private static final int STEP_BYTES = Integer.BYTES;

    /** Where weights that lie several to a byte are loaded: after the vectors of all steps. */
    private static final int PACKED = (SmeLoop.AT_ONCE + 1) * VECTORS;

    /** Registers at a block's end, when none is in use: after sums, scales. */
    private static final int SCALES = 8;

    private static final int SCALES_SPARE = 12;

    /** A register that no step takes. */
    private static final int BLOCKS_ZERO = 1;

    /** The same, where the row has scales for blocks: what blocks have for it. */
    private static final int SCALED_SUM = 2;

    private static final int ROW_SCALE = 3;

    /** Steps of a block that the row has a scale for. */
    private static final int PAIRED_STEPS = PanelLayout.INT4_GROUP / Integer.BYTES;

    private final Assembler asm;
    private final Program program;
    private final int panelColumns;
    private final String name;
    private final SmeColumns columns;

    SmeRowCode(Assembler asm, Program program, int panelColumns) {
        if (program.mr() != 1 || program.vectors() != VECTORS) {
            throw new IllegalArgumentException("program of " + program.mr() + " rows by " + program.vectors()
                    + " vectors; expected 1 by " + VECTORS);
        }
        this.asm = asm;
        this.program = program;
        this.panelColumns = panelColumns;
        this.name = entry(program).name();
        this.columns = SmeColumns.of(asm, SmeIsa.SME2, program);
    }

    /** Where the code of a program begins. */
    static Label entry(Program program) {
        return new Label("row" + program.mr() + "x" + program.vectors());
    }

    private boolean integers() {
        return program.contraction().product().sums() == LaneType.I32;
    }

    /** Adds the code, which goes to {@code next} with the row at hand moved on. */
    void emit(Label next) {
        final Label group = new Label(name + "_columns");
        asm.bind(entry(program));
        asm.emit(MOV, COLUMN, new Imm(0));
        asm.bind(group);
        SmeTileCode.columnPredicates(asm, VECTORS);
        columns.beginColumns(panelColumns);
        asm.emit(
                ADD,
                DST_AT,
                TILE_DST,
                COLUMN,
                Modifier.lsl(Integer.numberOfTrailingZeros(program.epilogue().dstBytes())));
        asm.emit(ZERO, TileGroup.all());
        if (!integers()) {
            resume();
        }
        asm.emit(MOV, LHS_AT, TILE_LHS);
        asm.emit(ADD, RHS_AT, RHS, COLUMN, Modifier.lsl(Integer.numberOfTrailingZeros(columns.columnBytes())));
        if (program.contraction().hasTotals()) {
            blocks();
        } else {
            SmeLoop.emit(asm, name, this::steps);
            sums();
        }
        finish();
        asm.emit(ADD, COLUMN, COLUMN, LANES, Modifier.lsl(2));
        asm.emit(CMP, COLUMN, COLUMNS);
        asm.emit(B_LT, group);
        asm.emit(MOV, ROW, ROWS);
        asm.emit(B, next);
    }

    /** {@code total = fma(float(sum), scale, total)} at a block's end. Sums are vectors of the first tile, totals of the second. */
    private void blocks() {
        final SmeBlocks blocks = new SmeBlocks(asm, SmeIsa.SME2, program, panelColumns, BLOCKS_ZERO);
        if (program.contraction().scalesRows()) {
            blocks.emit(name, () -> pairedBlock(blocks));
        } else {
            blocks.emit(name, this::steps, () -> {
                final RegisterList sums = sumsAsFloats();
                blocks.loadScales(SCALES, SCALES_SPARE);
                asm.emit(FMLA, vectors(1), sums, four(SCALES));
                asm.emit(ZERO, TileGroup.tiles(Tile.s(0)));
            });
        }
        asm.emit(MOVA, four(0), vectors(1));
    }

    private RegisterList sumsAsFloats() {
        final RegisterList sums = four(VECTORS);
        asm.emit(MOVA, sums, vectors(0));
        asm.emit(SCVTF, sums, sums);
        return sums;
    }

    private static RegisterList four(int first) {
        return RegisterList.list(Z.s(first), VECTORS);
    }

    /**
     * A block that the row has a scale for too. Scales of the columns are multiplied with it in the third tile, which is zero
     * before: products of two binary16 are exact.
     */
    private void pairedBlock(SmeBlocks blocks) {
        final boolean mins = program.contraction().hasMinima();
        if (mins) {
            asm.emit(LD1RW, RegisterList.list(Z.s(SCALED_SUM), 1), ALL.zeroing(), Mem.at(LHS_AT));
        }
        asm.emit(ADD, LHS_AT, LHS_AT, new Imm(Integer.BYTES));
        for (int step = 0; step < PAIRED_STEPS; step += SmeLoop.AT_ONCE) {
            steps(SmeLoop.AT_ONCE);
        }
        asm.emit(LD1RW, RegisterList.list(Z.s(ROW_SCALE), 1), ALL.zeroing(), Mem.at(LHS_AT));
        asm.emit(ADD, LHS_AT, LHS_AT, new Imm(Float.BYTES));
        if (mins) {
            blocks.loadF16(SmeBlocks.F16.MINIMA, SCALES, 1);
            asm.emit(FMLA, vectors(1), four(SCALES), Z.s(SCALED_SUM));
        }
        blocks.loadF16(SmeBlocks.F16.SCALES, SCALES, 1);
        blocks.passF16();
        asm.emit(FMLA, vectors(2), four(SCALES), Z.s(ROW_SCALE));
        final RegisterList sums = sumsAsFloats();
        asm.emit(MOVA, four(SCALES), vectors(2));
        asm.emit(FMLA, vectors(1), sums, four(SCALES));
        asm.emit(ZERO, TileGroup.tiles(Tile.s(0), Tile.s(2)));
    }

    private void resume() {
        final Label begin = new Label(name + "_begin");
        asm.emit(TBZ, FLAGS, new Imm(RESUME), begin);
        asm.emit(LD1W, RegisterList.list(Z.s(0), VECTORS), COLUMN_COUNTER.zeroing(), Mem.at(DST_AT));
        asm.emit(MOVA, vectors(0), RegisterList.list(Z.s(0), VECTORS));
        asm.bind(begin);
    }

    private static ZaVectors vectors(int partial) {
        return ZaVectors.za(ElementSize.S, GROUP, partial, VECTORS);
    }

    private void steps(int count) {
        final RegisterList values = RegisterList.list(Z.s(LHS_VALUES), 1);
        asm.emit(count == 1 ? LD1RW : LD1RQW, values, ALL.zeroing(), Mem.at(LHS_AT));
        asm.emit(ADD, LHS_AT, LHS_AT, new Imm(count * (long) STEP_BYTES));
        for (int step = 0; step < count; step++) {
            final int first = (step + 1) * VECTORS;
            columns.load(first, PACKED + 2 * step, PACKED);
            asm.emit(ADD, RHS_AT, RHS_AT, new Imm(panelColumns * (long) columns.columnBytes()));
            final ElementSize size = integers() ? ElementSize.B : ElementSize.S;
            asm.emit(
                    integers() ? SDOT : FMLA,
                    vectors(integers() && !program.contraction().hasTotals() ? step : 0),
                    RegisterList.list(Z.z(first).as(size), VECTORS),
                    Z.z(LHS_VALUES).as(size).lane(step));
        }
    }

    private void sums() {
        asm.emit(MOVA, RegisterList.list(Z.s(0), VECTORS), vectors(0));
        for (int partial = 1; integers() && partial < SmeLoop.AT_ONCE; partial++) {
            asm.emit(MOVA, RegisterList.list(Z.s(VECTORS), VECTORS), vectors(partial));
            for (int v = 0; v < VECTORS; v++) {
                asm.emit(ADD, Z.s(v), Z.s(v), Z.s(VECTORS + v));
            }
        }
    }

    private void finish() {
        final SmeFinish finish = new SmeFinish(asm, program, panelColumns, name);
        finish.begin();
        if (finish.readsRows()) {
            SmeTileCode.firstRowMetadata(asm, program);
        }
        finish.row();
    }
}
