package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.AND;
import static dev.tilesmith.processor.asm.x86.Op.IMUL;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.processor.program.Program;
import java.util.Optional;

/**
 * Sums over all of K. A tile of rows enough is multiplied by {@link AmxProducts}, all whole steps of {@value
 * AmxProducts#ROW_STEP} bytes of rows; tiles of vectors add these sums to what they begin with, and what is left of K.
 */
final class AmxSums extends AmxFrame {
    /** int32s, or f32s: {@code [rows][columns]}. */
    static final int SUMS = LINE;

    /** What columns want of the frame. */
    static final int COLUMNS = SUMS + AmxRegisters.MOST_ROWS * 2 * LINE;

    private final Assembler asm;
    private final LhsRows rows;
    private final AmxOperands operands;
    private final AmxColumns columns;
    private final AmxProducts products;
    private final Optional<AmxNextTile> next;

    /**
     * Those of a family.
     *
     * @param tallest its tallest tile of vectors
     * @param panelColumns columns of a panel
     */
    AmxSums(Assembler asm, LhsRows rows, Program tallest, int panelColumns, FetchAhead ahead) {
        super(asm, panelColumns / Isa.AVX512.lanes(), tallest.mr());
        this.asm = asm;
        this.rows = rows;
        this.operands = AmxOperands.of(tallest.contraction(), panelColumns);
        this.columns = AmxColumns.of(asm, rows, tallest, panelColumns);
        final int vectors = panelColumns / Isa.AVX512.lanes();
        final AmxEnds ends = new AmxEnds(asm, rows, tallest, panelColumns);
        this.products = new AmxProducts(asm, rows, vectors, ahead, operands, columns, ends);
        this.next = tallest.contraction().rhs().stored() == Stored.INT8
                ? Optional.of(new AmxNextTile(asm, rows, products, tallest.mr(), COLUMNS + columns.frameBytes()))
                : Optional.empty();
    }

    @Override
    int frameBytes() {
        return COLUMNS + columns.frameBytes() + (next.isPresent() ? AmxNextTile.FRAME_BYTES : 0);
    }

    @Override
    int sumsAt() {
        return SUMS;
    }

    @Override
    TileConfiguration configuration() {
        return TileConfiguration.largest();
    }

    @Override
    void skipIfShort(Label label) {} // no step is a sum of 0

    @Override
    public void beginRows() { // they are loaded where they lie
        next.ifPresent(AmxNextTile::enter);
    }

    @Override
    void beginNext() {
        next.ifPresent(AmxNextTile::begin);
    }

    @Override
    void multiplyNext() {
        next.ifPresent(AmxNextTile::multiply);
    }

    @Override
    void storeNext(Mem sumsAt, Label finish) {
        next.ifPresent(tile -> tile.store(sumsAt, SUMS, finish));
    }

    @Override
    public void beginPanel() {} // likewise

    @Override
    void multiply() {
        final Label multiplied = new Label("multiplied");
        products.emit(multiplied);
        asm.bind(multiplied);
    }

    /** Of a row a byte for each value, of a panel what that takes of all columns. */
    @Override
    void goToTheRest(Tile tile) {
        tile.count();
        asm.emit(MOV, RHS_AT, COUNT);
        asm.emit(AND, RHS_AT, new Imm(-operands.steps()));
        asm.emit(SHL, RHS_AT, new Imm(Integer.numberOfTrailingZeros(operands.rowBytes())));
        rows.advance(tile.program().mr(), RHS_AT);
        asm.emit(IMUL, RHS_AT, RHS_AT, new Imm(operands.panelBytesPerRowByte()));
        asm.emit(ADD, RHS_AT, RHS);
        asm.emit(AND, COUNT, new Imm(operands.steps() - 1L));
    }
}
