package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
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
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.BlockEnd;
import dev.tilesmith.processor.program.Contraction;
import dev.tilesmith.processor.program.Program;

/**
 * Totals over blocks. Where a call has tiles of rows enough, and blocks for a pass of {@link AmxBlockProducts}, its rows are copied at
 * its start, each panel is decoded for all of them, and tiles of vectors go on from the totals of all whole passes.
 *
 * <p>Room for both copies is the caller's, at {@link NativeArguments#DECODED}: first the panel, then the rows.
 */
final class AmxBlockSums extends AmxFrame {
    private final Assembler asm;
    private final LhsRows rows;
    private final Contraction contraction;
    private final PanelColumns columns;
    private final int vectors;
    private final AmxBlockRows copies;
    private final AmxBlockPanel panel;
    private final AmxBlockProducts products;

    /**
     * Those of a family.
     *
     * @param tallest its tallest tile of vectors
     * @param panelColumns columns of a panel
     */
    AmxBlockSums(Assembler asm, LhsRows rows, Program tallest, int panelColumns, FetchAhead ahead) {
        super(asm, panelColumns / Isa.AVX512.lanes(), tallest.mr());
        this.asm = asm;
        this.rows = rows;
        this.contraction = tallest.contraction();
        this.columns = PanelColumns.of(tallest, panelColumns);
        this.vectors = panelColumns / Isa.AVX512.lanes();
        this.copies = new AmxBlockRows(asm, rows, contraction);
        this.panel = new AmxBlockPanel(asm, tallest, panelColumns);
        this.products = new AmxBlockProducts(asm, contraction, columns, vectors, ahead);
    }

    @Override
    int frameBytes() {
        return AmxBlockFrame.BYTES;
    }

    @Override
    int sumsAt() {
        return AmxBlockFrame.TOTALS;
    }

    @Override
    TileConfiguration configuration() {
        return AmxBlockProducts.configuration();
    }

    @Override
    void skipIfShort(Label label) {
        asm.emit(MOV, SCRATCH, mem(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(CMP, SCRATCH, new Imm(AmxBlockProducts.IN_TURN));
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
    void multiply() {
        products.emit();
        rows.begin();
        asm.emit(MOV, SCRATCH, AmxBlockFrame.ROWS_BYTES.place());
        asm.emit(ADD, AmxBlockFrame.ROWS_AT.place(), SCRATCH);
    }

    @Override
    void goToTheRest(Tile tile) {
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
}
