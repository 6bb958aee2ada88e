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
import static dev.tilesmith.processor.asm.x86.Op.SHL;
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
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.TileConfiguration;
import dev.tilesmith.processor.program.Program;

/**
 * Sums of tile registers. A tile of rows enough is multiplied by {@link AmxProducts} first, all whole steps of {@value
 * AmxProducts#STEP_VALUES} values along K, and its sums are stored in the function's frame on the stack. Then tiles of a few of
 * its rows each add their sums there to what they begin with, and what is left of K, and finish them as all tiles are finished.
 *
 * <p>Tile registers are configured once in a call, and released before it ends; in calls that have rows for none, not at all.
 */
final class AmxSums implements EarlierSums {
    /** Rows that are finished at once: half of the vector registers hold sums then, and half are free. */
    static final int FINISHED_AT_ONCE = 8;

    private static final Gpr FRAME = Gpr.RSP;
    private static final int LINE = 64;

    /** int64s of the frame: the stack pointer that the function was entered with. */
    private static final int STACK = 0;

    /** int64: rows that are multiplied and not yet finished. */
    private static final int ROWS_LEFT = 8;

    /** int64: the address of the sums of the next row; 0 where a tile has none. */
    private static final int SUMS_AT = 16;

    /** int64: the pointer to heights, whose register is lent to products. */
    static final int HEIGHTS_KEPT = 24;

    /** int64: bytes by which a product moves the place to fetch ahead. */
    static final int FETCH_MOVE = 32;

    /** int32s: {@code [rows][columns]}. */
    static final int SUMS = LINE;

    /** What columns want of the frame. */
    static final int COLUMNS = SUMS + AmxProducts.MOST_ROWS * 2 * LINE;

    private final Assembler asm;
    private final LhsRows rows;
    private final int vectors;
    private final AmxOperands operands;
    private final AmxColumns columns;
    private final AmxProducts products;

    /** Those of the family of a program, with panels of so many columns. */
    AmxSums(Assembler asm, LhsRows rows, Program program, int panelColumns, FetchAhead ahead) {
        this.asm = asm;
        this.rows = rows;
        this.vectors = panelColumns / Isa.AVX512.lanes();
        this.operands = AmxOperands.of(program.contraction(), panelColumns);
        this.columns = AmxColumns.of(asm, rows, program, panelColumns);
        this.products = new AmxProducts(asm, rows, vectors, ahead, operands, columns);
    }

    /** The first tile has the most rows: if it has too few, so have all. */
    @Override
    public void enter() {
        asm.emit(MOV, SCRATCH, FRAME);
        asm.emit(SUB, FRAME, new Imm(COLUMNS + columns.frameBytes()));
        asm.emit(AND, FRAME, new Imm(-LINE));
        asm.emit(MOV, mem(FRAME, STACK), SCRATCH);
        asm.emit(XOR, SCRATCH.as(32), SCRATCH.as(32));
        asm.emit(MOV, mem(FRAME, ROWS_LEFT), SCRATCH);
        final Label unconfigured = new Label("unconfigured");
        skipUnlessTiles(unconfigured);
        asm.emit(LDTILECFG, Mem.at(asm.constant(TileConfiguration.largest().bytes(), TileConfiguration.BYTES)));
        asm.bind(unconfigured);
    }

    private void skipUnlessTiles(Label label) {
        asm.emit(MOV, SCRATCH.as(32), mem(ARGUMENTS, NativeArguments.HEIGHTS));
        asm.emit(CMP, SCRATCH, mem(ARGUMENTS, NativeArguments.ROWS_FOR_TILES));
        asm.emit(JL, label);
    }

    @Override
    public void beginRows() {} // they are loaded where they lie

    @Override
    public void beginPanel() {} // likewise

    @Override
    public void beforeTile() {
        asm.emit(MOV, SCRATCH, mem(FRAME, ROWS_LEFT));
        asm.emit(TEST, SCRATCH, SCRATCH);
        asm.emit(JNE, new Label("rows_left"));
        asm.emit(MOV, mem(FRAME, SUMS_AT), SCRATCH);
    }

    @Override
    public void chooseTile() {
        asm.emit(CMP, SCRATCH, mem(ARGUMENTS, NativeArguments.ROWS_FOR_TILES));
        asm.emit(JL, new Label("height"));
        asm.emit(MOV, mem(FRAME, ROWS_LEFT), SCRATCH);
        products.emit(new Label("multiplied"));
        asm.bind(new Label("multiplied"));
        asm.emit(LEA, SCRATCH, mem(FRAME, SUMS));
        asm.emit(MOV, mem(FRAME, SUMS_AT), SCRATCH);
        asm.emit(MOV, SCRATCH, mem(FRAME, ROWS_LEFT));
        asm.bind(new Label("rows_left"));
        asm.emit(MOV, SCRATCH_2, new Imm(FINISHED_AT_ONCE));
        asm.emit(CMP, SCRATCH, SCRATCH_2);
        asm.emit(CMOVA, SCRATCH, SCRATCH_2);
        asm.emit(SUB, mem(FRAME, ROWS_LEFT), SCRATCH);
        asm.bind(new Label("height"));
    }

    @Override
    public void addTo(Tile tile) {
        final Label none = TileCode.label(tile.program(), "from_the_start");
        final Label first = TileCode.label(tile.program(), "first");
        asm.emit(MOV, COUNT, mem(FRAME, SUMS_AT));
        asm.emit(TEST, COUNT, COUNT);
        asm.emit(JE, none);
        add(tile);
        goToTheRest(tile);
        asm.emit(JMP, first);
        asm.bind(none);
        tile.count();
        asm.bind(first);
    }

    /** The count has the address of the sums. */
    private void add(Tile tile) {
        final int rowBytes = vectors * LINE;
        Sums.each(tile.program(), (row, v) -> tile.add(row, v, mem(COUNT, row * rowBytes + v * LINE)));
        asm.emit(ADD, COUNT, new Imm(tile.program().mr() * (long) rowBytes));
        asm.emit(MOV, mem(FRAME, SUMS_AT), COUNT);
    }

    /** Behind the steps that are done: of a row a byte for each value, of a panel what that takes of all columns. */
    private void goToTheRest(Tile tile) {
        tile.count();
        asm.emit(MOV, RHS_AT, COUNT);
        asm.emit(AND, RHS_AT, new Imm(-operands.steps()));
        asm.emit(SHL, RHS_AT, new Imm(Integer.numberOfTrailingZeros(operands.stepValues())));
        rows.advance(tile.program().mr(), RHS_AT);
        asm.emit(IMUL, RHS_AT, RHS_AT, new Imm(operands.panelBytesPerValue()));
        asm.emit(ADD, RHS_AT, RHS);
        asm.emit(AND, COUNT, new Imm(operands.steps() - 1L));
    }

    @Override
    public void leave() {
        final Label released = new Label("released");
        skipUnlessTiles(released);
        asm.emit(TILERELEASE);
        asm.bind(released);
        asm.emit(MOV, FRAME, mem(FRAME, STACK));
    }
}
