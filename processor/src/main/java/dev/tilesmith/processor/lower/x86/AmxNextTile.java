package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMOVA;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JLE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.XOR;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COLUMNS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.COUNT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.RHS_AT;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.TILE_LHS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mem;

/**
 * Products of the next tile while vectors finish this one. Where a tile of all rows and columns is followed by one of all rows, and K is long, the products of
 * that are begun when this one's sums are stored: a part of them goes before each tile of vectors that finishes rows of these, and its sums stay in tile
 * registers until all are finished. So there is something for tile registers and for vectors within what a CPU looks ahead.
 */
final class AmxNextTile {
    /** Bytes of the function's frame. */
    static final int FRAME_BYTES = AmxFrame.LINE;

    private static final int ROWS = AmxRegisters.MOST_ROWS;

    /** Products along K from which on this pays: fewer are over before anything overlaps. */
    private static final int LEAST_PRODUCTS = 16;

    private final Assembler asm;
    private final LhsRows rows;
    private final AmxProducts products;
    private final int parts;
    private final int at;

    /**
     * That of a function.
     *
     * @param finishedAtOnce rows of a tile of vectors that finishes
     * @param at bytes into the frame, where its places are
     */
    AmxNextTile(Assembler asm, LhsRows rows, AmxProducts products, int finishedAtOnce, int at) {
        this.asm = asm;
        this.rows = rows;
        this.products = products;
        this.parts = ROWS / finishedAtOnce;
        this.at = at;
    }

    /** int64: 1 where there is such a tile, else 0. */
    private Mem underWay() {
        return place(0);
    }

    /** int64: products along K that are to be done. */
    private Mem left() {
        return place(1);
    }

    /** int64: products along K of a part. */
    private Mem part() {
        return place(2);
    }

    /** int64: the place in its first row. */
    private Mem rowsAt() {
        return place(3);
    }

    /** int64: the place in the panel. */
    private Mem columnsAt() {
        return place(4);
    }

    private Mem place(int index) {
        return mem(Gpr.RSP, at + index * Long.BYTES);
    }

    /** At the start of the function: there is none. */
    void enter() {
        none();
        asm.emit(MOV, left(), SCRATCH);
    }

    private void none() {
        asm.emit(XOR, SCRATCH.as(32), SCRATCH.as(32));
        asm.emit(MOV, underWay(), SCRATCH);
    }

    /** Begins the tile after that whose sums are stored, if it is one. */
    void begin() {
        final Label not = new Label("not_next");
        begin(not);
        asm.bind(not);
    }

    private void begin(Label not) {
        asm.emit(CMP, AmxFrame.ROWS_LEFT, new Imm(ROWS));
        asm.emit(JNE, not);
        asm.emit(MOV, SCRATCH.as(32), mem(HEIGHTS));
        asm.emit(CMP, SCRATCH.as(32), new Imm(ROWS));
        asm.emit(JNE, not);
        asm.emit(CMP, mem(ARGUMENTS, COLUMNS), new Imm(Isa.AVX512.lanes()));
        asm.emit(JLE, not);
        products.countSteps();
        asm.emit(CMP, COUNT, new Imm(LEAST_PRODUCTS));
        asm.emit(JL, not);
        asm.emit(ADD, HEIGHTS, new Imm(Integer.BYTES));
        asm.emit(MOV, underWay(), SCRATCH);
        asm.emit(MOV, SCRATCH, rows.stride());
        asm.emit(SHL, SCRATCH, new Imm(Integer.numberOfTrailingZeros(ROWS)));
        asm.emit(ADD, SCRATCH, TILE_LHS);
        asm.emit(MOV, rowsAt(), SCRATCH);
        products.beginSums();
        products.goToFirstColumns();
        asm.emit(MOV, columnsAt(), RHS_AT);
        asm.emit(MOV, left(), COUNT);
        asm.emit(ADD, COUNT, new Imm(parts - 1L));
        asm.emit(SHR, COUNT, new Imm(Integer.numberOfTrailingZeros(parts)));
        asm.emit(MOV, part(), COUNT);
    }

    /** Does a part of its products, if there is any; the scratch register has the rows left in the end as before. */
    void multiply() {
        final Label done = new Label("part_done");
        final Label step = new Label("part");
        asm.emit(MOV, COUNT, left());
        asm.emit(CMP, COUNT, new Imm(0));
        asm.emit(JE, done);
        asm.emit(MOV, SCRATCH, part());
        asm.emit(CMP, COUNT, SCRATCH);
        asm.emit(CMOVA, COUNT, SCRATCH);
        asm.emit(SUB, left(), COUNT);
        asm.emit(MOV, RHS_AT, columnsAt());
        asm.emit(MOV, SCRATCH, rowsAt());
        products.lendRegisters();
        asm.align(32);
        asm.bind(step);
        products.stepOfAll("part");
        asm.emit(DEC, COUNT);
        asm.emit(JNE, step);
        products.returnRegisters();
        asm.emit(MOV, rowsAt(), SCRATCH);
        asm.emit(MOV, columnsAt(), RHS_AT);
        asm.emit(MOV, SCRATCH, AmxFrame.ROWS_LEFT);
        asm.bind(done);
    }

    /** Stores its sums, if there is one, makes it the tile at hand, and goes to finish it; the scratch register is 0 before and after. */
    void store(Mem sumsAt, int sums, Label finish) {
        final Label none = new Label("none_next");
        final Label last = new Label("last_next");
        asm.emit(CMP, underWay(), new Imm(0));
        asm.emit(JE, none);
        asm.emit(MOV, underWay(), SCRATCH);
        products.lendRegisters();
        products.storeAll();
        products.returnRegisters();
        asm.emit(LEA, SCRATCH, mem(Gpr.RSP, sums));
        asm.emit(MOV, sumsAt, SCRATCH);
        asm.emit(MOV, SCRATCH, new Imm(ROWS));
        asm.emit(MOV, AmxFrame.ROWS_LEFT, SCRATCH);
        begin(last);
        asm.bind(last);
        asm.emit(MOV, SCRATCH, AmxFrame.ROWS_LEFT);
        asm.emit(JMP, finish);
        asm.bind(none);
    }
}
