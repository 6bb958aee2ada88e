package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.CSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVA;
import static dev.tilesmith.processor.asm.aarch64.Op.MUL;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.WHILELT;
import static dev.tilesmith.processor.asm.aarch64.Op.ZERO;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ALL;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.DST_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.DST_STRIDE;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.END;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LANES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS_STEP;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.METADATA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROWS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW_COUNTER;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW_METADATA;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SLICE;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_DST;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.Tile;
import dev.tilesmith.processor.asm.aarch64.TileGroup;
import dev.tilesmith.processor.asm.aarch64.Word;
import dev.tilesmith.processor.asm.aarch64.Z;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.Program;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The code of one program of outer products: from the row at hand on, all columns of a panel. How many lanes a vector has
 * is known at run time alone; the program's own number is no part of the code. Predicates end rows and columns. What lies
 * beyond them is loaded as zero, so that outer products need no predicates.
 */
final class SmeTileCode {
    /** What ZA has of tiles of 32-bit elements. */
    private static final int TILES = 4;

    private static final int ROW_METADATA_BYTES = QuantizerArguments.ROW_METADATA;

    /** Registers at a block's end, when none is in use: sums of four rows of two tiles, then scales. */
    private static final int SCALES = 8;

    private static final int SCALES_SPARE = 10;

    /** A register that no step of two vectors of columns takes. */
    private static final int BLOCKS_ZERO = 31;

    private static final int RESUME = Integer.numberOfTrailingZeros(NativeArguments.RESUME);

    private final Assembler asm;
    private final SmeIsa isa;
    private final Program program;
    private final int panelColumns;
    private final String name;
    private final SmeColumns columns;

    SmeTileCode(Assembler asm, SmeIsa isa, Program program, int panelColumns) {
        final int tiles = program.shape().rowVectors()
                * program.vectors()
                * (program.contraction().hasTotals() ? 2 : 1);
        if (tiles > TILES || program.shape().rowVectors() > 2) {
            throw new IllegalArgumentException("program of " + program.shape().rowVectors() + " x " + program.vectors()
                    + " vectors needs more than " + TILES + " tiles of ZA, or rows of more than 2 vectors");
        }
        this.columns = SmeColumns.of(asm, isa, program);
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.panelColumns = panelColumns;
        this.name = entry(program).name();
    }

    /** Where the code of a program begins. */
    static Label entry(Program program) {
        return new Label("outer" + program.shape().rowVectors() + "x" + program.vectors());
    }

    private Label label(String place) {
        return new Label(name + "_" + place);
    }

    /** Adds the code, which goes to {@code next} with the row at hand moved on. */
    void emit(Label next) {
        asm.bind(entry(program));
        rowPredicates();
        asm.emit(MOV, COLUMN, new Imm(0));
        asm.bind(label("columns"));
        columnPredicates(asm, program.vectors());
        columns.beginColumns(panelColumns);
        asm.emit(ZERO, TileGroup.all());
        switch (program.contraction().beginning()) {
            case ZERO -> {}
            case BIAS -> fromBiases();
            case RESULT -> resume();
            case ROW -> throw new IllegalArgumentException("rows have no beginning: " + program.contraction());
        }
        asm.emit(ADD, LHS_AT, TILE_LHS, ROW, Modifier.lsl(2));
        asm.emit(ADD, RHS_AT, RHS, COLUMN, Modifier.lsl(log2(columns.columnBytes())));
        if (program.contraction().hasTotals()) {
            blocks();
        } else {
            SmeLoop.emit(asm, name, this::steps);
        }
        finish();
        asm.emit(ADD, COLUMN, COLUMN, LANES, Modifier.lsl(log2(program.vectors())));
        asm.emit(CMP, COLUMN, COLUMNS);
        asm.emit(B_LT, label("columns"));
        asm.emit(ADD, ROW, ROW, LANES, Modifier.lsl(log2(program.shape().rowVectors())));
        asm.emit(B, next);
    }

    private static int log2(int vectors) {
        return Integer.numberOfTrailingZeros(vectors);
    }

    private void rowPredicates() {
        asm.emit(WHILELT, SmeRegisters.rows(0).of(ElementSize.S), ROW, ROWS);
        if (program.shape().rowVectors() == 2 && isa.loadsSeveral()) {
            asm.emit(WHILELT, ROW_COUNTER.of(ElementSize.S), ROW, ROWS, Word.VLX2);
        } else if (program.shape().rowVectors() == 2) {
            asm.emit(ADD, SCRATCH, ROW, LANES);
            asm.emit(WHILELT, SmeRegisters.rows(1).of(ElementSize.S), SCRATCH, ROWS);
        }
    }

    /** Which of the columns from the one at hand on are stored: one predicate for each vector. */
    static void columnPredicates(Assembler asm, int vectors) {
        asm.emit(WHILELT, SmeRegisters.columns(0).of(ElementSize.S), COLUMN, COLUMNS);
        asm.emit(MOV, SCRATCH, COLUMN);
        for (int v = 1; v < vectors; v++) {
            asm.emit(ADD, SCRATCH, SCRATCH, LANES);
            asm.emit(WHILELT, SmeRegisters.columns(v).of(ElementSize.S), SCRATCH, COLUMNS);
        }
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            final int first = SmeRegisters.step(i);
            final boolean four = program.vectors() == TILES;
            final SmeStep step = new SmeStep(
                    asm,
                    isa,
                    program,
                    new SmeStep.Registers(
                            first, first + program.vectors(), first + (four ? 2 : 4), first + (four ? 1 : 5)));
            step.load();
            step.multiply();
            step.advance(panelColumns);
        }
    }

    /** Over blocks. Totals are in the second half of ZA, in the order of the sums. */
    private void blocks() {
        final SmeBlocks blocks = new SmeBlocks(asm, isa, program, panelColumns, BLOCKS_ZERO);
        if (program.contraction().scalesRows()) {
            new SmePairedBlocks(asm, isa, program, panelColumns, name, blocks).emit();
            return;
        }
        final SmeTotals totals = new SmeTotals(asm, isa);
        final int sums = program.shape().rowVectors() * program.vectors();
        final List<SmeTotals.Addend> addends = IntStream.range(0, sums)
                .mapToObj(i -> new SmeTotals.Addend(Tile.s(i), Z.s(SCALES + i % program.vectors()), Tile.s(sums + i)))
                .toList();
        totals.countRows();
        blocks.emit(name, this::steps, () -> {
            blocks.loadScales(SCALES, SCALES_SPARE);
            totals.add(label("totals"), addends, 0);
            asm.emit(
                    ZERO,
                    TileGroup.tiles(addends.stream().map(SmeTotals.Addend::sums).toArray(Tile[]::new)));
        });
    }

    /** Sums of all rows there are begin with the biases of their columns. */
    private void fromBiases() {
        asm.emit(ADD, SCRATCH, METADATA, COLUMN, Modifier.lsl(2));
        final int biases = PanelColumns.of(program, panelColumns).biases();
        if (biases != 0) {
            asm.emit(ADD, SCRATCH, SCRATCH, new Imm(biases));
        }
        for (int v = 0; v < program.vectors(); v++) {
            asm.emit(
                    LD1W,
                    RegisterList.list(SmeFinish.sum(v), 1),
                    SmeRegisters.columns(v).zeroing(),
                    Mem.vectors(SCRATCH, v));
        }
        eachRow("biases", rows -> {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(MOVA, tile(rows, v).row(SLICE.w(), 0), ALL.merging(), SmeFinish.sum(v));
            }
        });
    }

    /** Sums go on from what the result holds. */
    private void resume() {
        asm.emit(TBZ, FLAGS, new Imm(RESUME), label("begin"));
        eachRow("resume", rows -> {
            for (int v = 0; v < program.vectors(); v++) {
                final Z values = SmeFinish.sum(v);
                asm.emit(
                        LD1W,
                        RegisterList.list(values, 1),
                        SmeRegisters.columns(v).zeroing(),
                        Mem.vectors(DST_AT, v));
                asm.emit(MOVA, tile(rows, v).row(SLICE.w(), 0), ALL.merging(), values);
            }
        });
        asm.bind(label("begin"));
    }

    private Tile tile(int rowVector, int vector) {
        return Tile.s(rowVector * program.vectors() + vector);
    }

    /** What a row of results is made of: totals, where there are any, else sums. */
    private Tile result(int rowVector, int vector) {
        final int first = program.contraction().hasTotals() ? program.shape().rowVectors() * program.vectors() : 0;
        return Tile.s(first + rowVector * program.vectors() + vector);
    }

    private void finish() {
        final SmeFinish finish = new SmeFinish(asm, program, panelColumns, name);
        finish.begin();
        if (finish.readsRows()) {
            firstRowMetadata(asm, program);
        }
        eachRow("finish", rows -> {
            for (int v = 0; v < program.vectors(); v++) {
                asm.emit(MOVA, SmeFinish.sum(v), ALL.merging(), result(rows, v).row(SLICE.w(), 0));
            }
            finish.row();
            if (finish.readsRows()) {
                asm.emit(ADD, ROW_METADATA, ROW_METADATA, new Imm(ROW_METADATA_BYTES));
            }
        });
    }

    /** After the values of a group: eight bytes for each row. */
    static void firstRowMetadata(Assembler asm, Program program) {
        asm.emit(LDR, SCRATCH, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        if (program.contraction().hasTotals()) {
            asm.emit(LDR, END, Mem.at(ARGUMENTS, NativeArguments.BLOCKS));
            asm.emit(MUL, SCRATCH, SCRATCH, END);
        }
        asm.emit(MADD, ROW_METADATA, SCRATCH, LHS_STEP, TILE_LHS);
        asm.emit(ADD, ROW_METADATA, ROW_METADATA, ROW, Modifier.lsl(log2(ROW_METADATA_BYTES)));
    }

    /** What is done for a row of each of the tiles of a vector of rows. */
    private interface RowCode {
        void emit(int rowVector);
    }

    /** Code for each row there is, with the place of its results. */
    private void eachRow(String what, RowCode code) {
        asm.emit(MADD, DST_AT, ROW, DST_STRIDE, TILE_DST);
        asm.emit(
                ADD,
                DST_AT,
                DST_AT,
                COLUMN,
                Modifier.lsl(log2(program.epilogue().dstBytes())));
        for (int rows = 0; rows < program.shape().rowVectors(); rows++) {
            final Label row = label(what + rows);
            asm.emit(SUB, SCRATCH, ROWS, ROW);
            if (rows > 0) {
                asm.emit(SUB, SCRATCH, SCRATCH, LANES);
            }
            asm.emit(CMP, SCRATCH, LANES);
            asm.emit(CSEL, END, SCRATCH, LANES, Condition.LT);
            asm.emit(MOV, SLICE, new Imm(0));
            asm.bind(row);
            code.emit(rows);
            asm.emit(ADD, DST_AT, DST_AT, DST_STRIDE);
            asm.emit(ADD, SLICE, SLICE, new Imm(1));
            asm.emit(CMP, SLICE, END);
            asm.emit(B_NE, row);
        }
    }
}
