package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JG;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.TDPBF16PS;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.TILELOADD;
import static dev.tilesmith.processor.asm.x86.Op.TILESTORED;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;

/**
 * Products of tile registers: of up to two of rows with up to two of columns, whose four sums leave two for either side, over all
 * whole steps along K. A panel packed for dot products of four bytes, or decoded, is what a product wants of its right side, {@code
 * [k/4][columns][4]}, or {@code [k/2][columns][2]} of values of 16 bits, so that 16 rows of 16 columns are one tile register of it; and rows of the left operand are 64 bytes of one.
 *
 * <p>All registers have 16 rows of 64 bytes, whatever there is to multiply, for a product of fewer takes as long: rows beyond the
 * last are read and multiplied, and their sums are not looked at.
 */
final class AmxProducts {
    /** Bytes of a row of a product: so many values along K, or half as many of 16 bits. */
    static final int ROW_STEP = 64;

    private static final int ROWS = AmxRegisters.ROWS;
    private static final int ROW_BYTES = AmxRegisters.ROW_BYTES;

    private static final Gpr FIRST_ROWS = Gpr.RAX;
    private static final Gpr FURTHER_ROWS = Gpr.R14;

    /** Bytes from four values of all columns to the next, and from a row of sums to the next. */
    private static final Gpr STRIDE = HEIGHTS;

    private final Assembler asm;
    private final LhsRows lhs;
    private final int vectors;
    private final FetchAhead ahead;
    private final AmxOperands operands;
    private final AmxColumns columns;
    private final AmxEnds ends;

    AmxProducts(
            Assembler asm,
            LhsRows lhs,
            int vectors,
            FetchAhead ahead,
            AmxOperands operands,
            AmxColumns columns,
            AmxEnds ends) {
        this.asm = asm;
        this.lhs = lhs;
        this.vectors = vectors;
        this.ahead = ahead;
        this.operands = operands;
        this.columns = columns;
        this.ends = ends;
    }

    /** Multiplies as many rows as the scratch register says, and goes to {@code done}. */
    void emit(Label done) {
        asm.emit(MOV, AmxFrame.HEIGHTS, HEIGHTS);
        asm.emit(CMP, SCRATCH, new Imm(ROWS));
        asm.emit(JG, new Label("two_of_rows"));
        emitColumns(1, done);
        asm.bind(new Label("two_of_rows"));
        emitColumns(2, done);
    }

    /** Begins the sums of a tile of all rows and columns. */
    void beginSums() {
        ends.begin(2, vectors);
    }

    /** Goes to the columns of its first product. */
    void goToFirstColumns() {
        columns.first(RHS_AT);
    }

    /** Counts its products along K. */
    void countSteps() {
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.STEPS));
        countProducts();
    }

    /** Before products that go on, with the place in the first rows in its register; what callers have in others is kept. */
    void lendRegisters() {
        asm.emit(MOV, AmxFrame.HEIGHTS, HEIGHTS);
        asm.emit(MOV, STRIDE, new Imm(rowOfPanel()));
        asm.emit(MOV, FURTHER_ROWS, lhs.stride());
        asm.emit(SHL, FURTHER_ROWS, new Imm(Integer.numberOfTrailingZeros(ROWS)));
        asm.emit(ADD, FURTHER_ROWS, FIRST_ROWS);
    }

    /** After them. */
    void returnRegisters() {
        asm.emit(MOV, HEIGHTS, AmxFrame.HEIGHTS);
    }

    /** One of them. */
    void stepOfAll(String name) {
        step(2, vectors, name);
    }

    /** Stores the sums of all rows and columns. */
    void storeAll() {
        store(2, vectors);
    }

    private void emitColumns(int ofRows, Label done) {
        for (int ofColumns = 1; ofColumns < vectors; ofColumns++) {
            final Label wider = new Label("wider_than_" + ofRows + "x" + ofColumns);
            asm.emit(MOV, COUNT, mem(ARGUMENTS, COLUMNS));
            asm.emit(CMP, COUNT, new Imm(ofColumns * (long) ROWS));
            asm.emit(JG, wider);
            emit(ofRows, ofColumns, done);
            asm.bind(wider);
        }
        emit(ofRows, vectors, done);
    }

    private void emit(int ofRows, int ofColumns, Label done) {
        final String name = "products" + ofRows + "x" + ofColumns;
        begin(ofRows);
        ends.begin(ofRows, ofColumns);
        asm.emit(MOV, COUNT, mem(ARGUMENTS, NativeArguments.STEPS));
        countProducts();
        asm.emit(JE, new Label(name + "_done"));
        columns.first(RHS_AT);
        asm.align(32);
        asm.bind(new Label(name));
        step(ofRows, ofColumns, name);
        asm.emit(DEC, COUNT);
        asm.emit(JNE, new Label(name));
        asm.bind(new Label(name + "_done"));
        if (ofRows == 2 && ofColumns == vectors) {
            ends.storeWhole();
        }
        store(ofRows, ofColumns);
        columns.end();
        asm.emit(MOV, HEIGHTS, AmxFrame.HEIGHTS);
        asm.emit(JMP, done);
    }

    /** Of the steps of vectors; sets the zero flag if there are none. */
    private void countProducts() {
        if (operands.steps() == 1) {
            asm.emit(TEST, COUNT, COUNT);
        } else {
            asm.emit(SHR, COUNT, new Imm(Integer.numberOfTrailingZeros(operands.steps())));
        }
    }

    private void begin(int ofRows) {
        ahead.keepMove(operands.steps(), AmxFrame.FETCH_MOVE);
        asm.emit(MOV, STRIDE, new Imm(rowOfPanel()));
        asm.emit(MOV, FIRST_ROWS, TILE_LHS);
        if (ofRows > 1) {
            asm.emit(MOV, FURTHER_ROWS, lhs.stride());
            asm.emit(SHL, FURTHER_ROWS, new Imm(Integer.numberOfTrailingZeros(ROWS)));
            asm.emit(ADD, FURTHER_ROWS, TILE_LHS);
        }
        columns.begin();
    }

    /** Each load is followed by the products that it was the last to be missing for. */
    private void step(int ofRows, int ofColumns, String name) {
        asm.emit(TILELOADD, AmxRegisters.columns(0), mem(RHS_AT, STRIDE, 1, 0));
        asm.emit(TILELOADD, AmxRegisters.rows(0), mem(FIRST_ROWS, lhs.stride(), 1, operands.beginning()));
        asm.emit(operands.product(), AmxRegisters.sum(0, 0), AmxRegisters.rows(0), AmxRegisters.columns(0));
        if (ofColumns > 1) {
            asm.emit(TILELOADD, AmxRegisters.columns(1), mem(RHS_AT, STRIDE, 1, ROW_BYTES));
            asm.emit(operands.product(), AmxRegisters.sum(0, 1), AmxRegisters.rows(0), AmxRegisters.columns(1));
        }
        if (ofRows > 1) {
            asm.emit(TILELOADD, AmxRegisters.rows(1), mem(FURTHER_ROWS, lhs.stride(), 1, operands.beginning()));
            for (int column = 0; column < ofColumns; column++) {
                asm.emit(
                        operands.product(),
                        AmxRegisters.sum(1, column),
                        AmxRegisters.rows(1),
                        AmxRegisters.columns(column));
            }
            asm.emit(ADD, FURTHER_ROWS, new Imm(ROW_STEP));
        }
        fetchAhead(name);
        ahead.advance(AmxFrame.FETCH_MOVE);
        asm.emit(ADD, FIRST_ROWS, new Imm(ROW_STEP));
        columns.next(RHS_AT, name);
    }

    private void fetchAhead(String name) {
        if (operands.product() == TDPBF16PS) {
            ahead.linesOfStepsIfMoved(operands.steps(), operands.stepBytes(), AmxFrame.FETCH_MOVE, name);
        } else {
            ahead.linesOfSteps(operands.steps(), operands.stepBytes(), name);
        }
    }

    private void store(int ofRows, int ofColumns) {
        for (int row = 0; row < ofRows; row++) {
            for (int column = 0; column < ofColumns; column++) {
                final int at = AmxSums.SUMS + row * ROWS * rowOfPanel() + column * ROW_BYTES;
                asm.emit(TILESTORED, Mem.mem(Gpr.RSP, STRIDE, 1, at), AmxRegisters.sum(row, column));
            }
        }
    }

    private int rowOfPanel() {
        return vectors * ROW_BYTES;
    }
}
