package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.CMOVA;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LDTILECFG;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.TILERELEASE;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_2;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Program;

/**
 * Totals over blocks by tile registers. Where a call has tiles of rows enough, and blocks for a pass of {@link AmxBlockProducts}, its
 * rows are copied at its start, each panel is decoded for all of them, and a tile begins with what blocks of whole passes add up to. Then tiles of a few
 * of its rows each take these totals up, and what blocks are left, and finish them as all tiles are finished.
 *
 * <p>Room for rows and panels is the caller's, at {@link NativeArguments#DECODED}: first a panel, then the rows.
 */
final class AmxBlockSums implements EarlierSums {
    private static final Gpr FRAME = Gpr.RSP;
    private static final int LINE = 64;

    private final Assembler asm;
    private final LhsRows rows;
    private final Contraction contraction;
    private final PanelColumns columns;
    private final int vectors;
    private final int finishedAtOnce;
    private final AmxBlockRows copies;
    private final AmxBlockPanel panel;
    private final AmxBlockProducts products;

    /**
     * Those of a family.
     *
     * @param tallest its tallest tile: as many rows are finished at once
     * @param panelColumns columns of a panel
     */
    AmxBlockSums(Assembler asm, LhsRows rows, Program tallest, int panelColumns, FetchAhead ahead) {
        this.asm = asm;
        this.rows = rows;
        this.contraction = tallest.contraction();
        this.columns = PanelColumns.of(tallest, panelColumns);
        this.vectors = panelColumns / Isa.AVX512.lanes();
        this.finishedAtOnce = tallest.mr();
        this.copies = new AmxBlockRows(asm, rows, contraction);
        this.panel = new AmxBlockPanel(asm, tallest, panelColumns);
        this.products = new AmxBlockProducts(asm, contraction, columns, vectors, ahead);
    }

    @Override
    public void enter() {
        asm.emit(MOV, SCRATCH, FRAME);
        asm.emit(SUB, FRAME, new Imm(AmxBlockFrame.BYTES));
        asm.emit(AND, FRAME, new Imm(-LINE));
        asm.emit(MOV, AmxBlockFrame.STACK.place(), SCRATCH);
        asm.emit(XOR, SCRATCH.as(32), SCRATCH.as(32));
        asm.emit(MOV, AmxBlockFrame.ROWS_LEFT.place(), SCRATCH);
        decide();
    }

    /** The first tile has the most rows: if it has too few, so have all. */
    private void decide() {
        final Label none = new Label("no_tiles");
        final Label decided = new Label("decided");
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.HEIGHTS));
        asm.emit(MOV, SCRATCH_2, mem(ARGUMENTS, NativeArguments.ROWS_FOR_TILES));
        asm.emit(CMP, SCRATCH, SCRATCH_2);
        asm.emit(JL, none);
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CMP, SCRATCH, new Imm(AmxBlockProducts.IN_TURN));
        asm.emit(JL, none);
        asm.emit(LDTILECFG, Mem.at(asm.constant(AmxBlockProducts.configuration().bytes(), TileConfiguration.BYTES)));
        asm.emit(JMP, decided);
        asm.bind(none);
        asm.emit(MOV, SCRATCH_2, new Imm(Integer.MAX_VALUE));
        asm.bind(decided);
        asm.emit(MOV, AmxBlockFrame.ROWS_FOR_TILES.place(), SCRATCH_2);
    }

    private void skipUnlessTiles(Label label) {
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.HEIGHTS));
        asm.emit(CMP, SCRATCH, AmxBlockFrame.ROWS_FOR_TILES.place());
        asm.emit(JL, label);
    }

    @Override
    public void beginRows() {
        final Label done = new Label("rows_copied");
        skipUnlessTiles(done);
        measure();
        panel.begin();
        copies.copy();
        rows.begin();
        asm.bind(done);
    }

    /** How large what is copied is, and where it goes. */
    private void measure() {
        final Gpr bytes = Gpr.R9;
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(MOV, SCRATCH_2, SCRATCH);
        asm.emit(AND, SCRATCH_2, new Imm(-AmxBlockProducts.IN_TURN));
        asm.emit(MOV, AmxBlockFrame.BLOCKS_DONE.place(), SCRATCH_2);
        asm.emit(LEA, SCRATCH_2, mem(SCRATCH, BlockCopies.BLOCKS_BEFORE));
        asm.emit(IMUL, SCRATCH_2, SCRATCH_2, new Imm(BlockCopies.scaleBytes(contraction.hasMinima())));
        asm.emit(MOV, AmxBlockFrame.SCALE_BYTES.place(), SCRATCH_2);
        asm.emit(IMUL, SCRATCH, mem(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(IMUL, SCRATCH, SCRATCH, new Imm(BlockCopies.LANES * (long) PanelLayout.INT4_GROUP));
        asm.emit(MOV, AmxBlockFrame.VALUE_BYTES.place(), SCRATCH);
        asm.emit(MOV, bytes, mem(ARGUMENTS, NativeArguments.DECODED));
        asm.emit(LEA, bytes, mem(bytes, SCRATCH, vectors, 0));
        asm.emit(MOV, AmxBlockFrame.SCALES.place(), bytes);
        asm.emit(LEA, bytes, mem(bytes, SCRATCH_2, vectors, 0));
        asm.emit(MOV, AmxBlockFrame.FIRST_ROWS.place(), bytes);
        if (contraction.scalesRows()) {
            asm.emit(ADD, SCRATCH, SCRATCH_2);
        }
        asm.emit(MOV, AmxBlockFrame.ROWS_BYTES.place(), SCRATCH);
    }

    @Override
    public void beginPanel() {
        final Label done = new Label("decoded");
        skipUnlessTiles(done);
        asm.emit(MOV, SCRATCH, AmxBlockFrame.FIRST_ROWS.place());
        asm.emit(MOV, AmxBlockFrame.ROWS_AT.place(), SCRATCH);
        panel.decode();
        rows.begin();
        asm.bind(done);
    }

    @Override
    public void beforeTile() {
        asm.emit(MOV, SCRATCH, AmxBlockFrame.ROWS_LEFT.place());
        asm.emit(TEST, SCRATCH, SCRATCH);
        asm.emit(JNE, new Label("rows_left"));
        asm.emit(MOV, AmxBlockFrame.TOTALS_AT.place(), SCRATCH);
    }

    /** Rows of vectors alone are as many at once as are finished: there are no taller tiles. */
    @Override
    public void chooseTile() {
        asm.emit(MOV, AmxBlockFrame.ROWS_LEFT.place(), SCRATCH);
        asm.emit(CMP, SCRATCH, AmxBlockFrame.ROWS_FOR_TILES.place());
        asm.emit(JL, new Label("rows_left"));
        products.emit();
        rows.begin();
        asm.emit(MOV, SCRATCH, AmxBlockFrame.ROWS_BYTES.place());
        asm.emit(ADD, AmxBlockFrame.ROWS_AT.place(), SCRATCH);
        asm.emit(LEA, SCRATCH, AmxBlockFrame.total(0, 0));
        asm.emit(MOV, AmxBlockFrame.TOTALS_AT.place(), SCRATCH);
        asm.emit(MOV, SCRATCH, AmxBlockFrame.ROWS_LEFT.place());
        asm.bind(new Label("rows_left"));
        asm.emit(MOV, SCRATCH_2, new Imm(finishedAtOnce));
        asm.emit(CMP, SCRATCH, SCRATCH_2);
        asm.emit(CMOVA, SCRATCH, SCRATCH_2);
        asm.emit(SUB, AmxBlockFrame.ROWS_LEFT.place(), SCRATCH);
    }

    @Override
    public void addTo(Tile tile) {
        final Label none = TileCode.label(tile.program(), "from_the_start");
        final Label first = TileCode.label(tile.program(), "first");
        final int mr = tile.program().mr();
        final int rowBytes = 2 * LINE;
        asm.emit(MOV, COUNT, AmxBlockFrame.TOTALS_AT.place());
        asm.emit(TEST, COUNT, COUNT);
        asm.emit(JE, none);
        Sums.each(tile.program(), (row, v) -> tile.add(row, v, mem(COUNT, row * rowBytes + v * LINE)));
        asm.emit(ADD, COUNT, new Imm(mr * (long) rowBytes));
        asm.emit(MOV, AmxBlockFrame.TOTALS_AT.place(), COUNT);
        goToTheRest(tile);
        asm.emit(JMP, first);
        asm.bind(none);
        tile.count();
        asm.bind(first);
    }

    /** Behind the blocks that are done. */
    private void goToTheRest(Tile tile) {
        final int panelStep = PanelLayout.INT4_GROUP
                * vectors
                * Isa.AVX512.lanes()
                / contraction.rhs().stored().parts();
        goOver(RHS_AT, PanelLayout.INT4_GROUP, besideValues());
        rows.advance(tile.program().mr(), RHS_AT);
        goOver(RHS_AT, panelStep, columns.blockEnd());
        asm.emit(ADD, RHS_AT, RHS);
        tile.count();
        asm.emit(AND, COUNT, new Imm(AmxBlockProducts.IN_TURN - 1L));
    }

    /** Bytes of the blocks that are done. */
    private void goOver(Gpr to, int step, int beside) {
        asm.emit(IMUL, to, mem(ARGUMENTS, NativeArguments.STEPS), new Imm(step));
        asm.emit(ADD, to, new Imm(beside));
        asm.emit(IMUL, to, AmxBlockFrame.BLOCKS_DONE.place());
    }

    /** Bytes of a row's block beside its values: what sums begin with, and a scale. */
    private int besideValues() {
        return switch (contraction.end()) {
            case BlockEnd.None _ -> throw new IllegalArgumentException("no blocks: " + contraction);
            case BlockEnd.OfWeights _ -> Integer.BYTES;
            case BlockEnd.OfBoth _ -> Integer.BYTES + Float.BYTES;
        };
    }

    @Override
    public void leave() {
        final Label released = new Label("released");
        skipUnlessTiles(released);
        asm.emit(TILERELEASE);
        asm.bind(released);
        asm.emit(MOV, FRAME, AmxBlockFrame.STACK.place());
    }
}
