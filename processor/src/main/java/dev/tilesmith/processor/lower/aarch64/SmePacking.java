package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.B;
import static dev.tilesmith.processor.asm.aarch64.Op.B_EQ;
import static dev.tilesmith.processor.asm.aarch64.Op.B_LT;
import static dev.tilesmith.processor.asm.aarch64.Op.B_NE;
import static dev.tilesmith.processor.asm.aarch64.Op.CBZ;
import static dev.tilesmith.processor.asm.aarch64.Op.CMP;
import static dev.tilesmith.processor.asm.aarch64.Op.CSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1W;
import static dev.tilesmith.processor.asm.aarch64.Op.LDR;
import static dev.tilesmith.processor.asm.aarch64.Op.LSL;
import static dev.tilesmith.processor.asm.aarch64.Op.MADD;
import static dev.tilesmith.processor.asm.aarch64.Op.MOV;
import static dev.tilesmith.processor.asm.aarch64.Op.ST1W;
import static dev.tilesmith.processor.asm.aarch64.Op.SUB;
import static dev.tilesmith.processor.asm.aarch64.Op.WHILELT;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.COLUMN;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.END;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.HEIGHTS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LANES;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.LHS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.PACKED;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROW;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.ROWS;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SLICE;
import static dev.tilesmith.processor.lower.aarch64.SmeRegisters.SOURCE;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.ElementSize;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Modifier;
import dev.tilesmith.processor.asm.aarch64.P;
import dev.tilesmith.processor.asm.aarch64.Tile;

/**
 * Packs the rows of each tile of rows where outer products read them, {@code [k][rows]}: a tile of ZA is filled by rows
 * and emptied by columns. A tile of one row is left where it is, for there packing changes nothing.
 */
final class SmePacking {
    private static final Tile TURNED = Tile.s(0);
    private static final Gpr FROM = Gpr.x(22);
    private static final Gpr TO = Gpr.x(23);
    private static final Gpr K = Gpr.x(13);
    private static final Gpr LHS_STRIDE = Gpr.x(25);
    private static final Gpr STEP = Gpr.x(26);
    private static final P ROWS_LEFT = SmeRegisters.rows(0);
    private static final P K_LEFT = SmeRegisters.columns(0);

    private SmePacking() {}

    /** Adds the code, from the first tile of rows to the last. */
    static void emit(Assembler asm) {
        final Label tile = new Label("pack_tile");
        final Label rows = new Label("pack_rows");
        final Label block = new Label("pack_block");
        final Label done = new Label("packed");
        asm.emit(LDR, K, Mem.at(ARGUMENTS, NativeArguments.STEPS));
        asm.emit(LDR, LHS_STRIDE, Mem.at(ARGUMENTS, NativeArguments.LHS_STRIDE));
        asm.emit(LDR, PACKED, Mem.at(ARGUMENTS, NativeArguments.PACKED_LHS));
        asm.emit(ADD, HEIGHTS, ARGUMENTS, new Imm(NativeArguments.HEIGHTS));
        asm.emit(MOV, SOURCE, LHS);
        asm.emit(CBZ, K, done);
        asm.bind(tile);
        asm.emit(LDR, ROWS.w(), Mem.after(HEIGHTS, Integer.BYTES));
        asm.emit(CBZ, ROWS, done);
        asm.emit(LSL, STEP, ROWS, new Imm(2));
        asm.emit(MOV, ROW, new Imm(0));
        asm.emit(CMP, ROWS, new Imm(1));
        asm.emit(B_EQ, new Label("pack_next"));
        asm.bind(rows);
        asm.emit(WHILELT, ROWS_LEFT.of(ElementSize.S), ROW, ROWS);
        asm.emit(ADD, TO, PACKED, ROW, Modifier.lsl(2));
        asm.emit(MOV, COLUMN, new Imm(0));
        asm.bind(block);
        block(asm);
        asm.emit(ADD, COLUMN, COLUMN, LANES);
        asm.emit(CMP, COLUMN, K);
        asm.emit(B_LT, block);
        asm.emit(ADD, ROW, ROW, LANES);
        asm.emit(CMP, ROW, ROWS);
        asm.emit(B_LT, rows);
        asm.bind(new Label("pack_next"));
        asm.emit(MADD, SOURCE, ROWS, LHS_STRIDE, SOURCE);
        asm.emit(MADD, PACKED, K, STEP, PACKED);
        asm.emit(B, tile);
        asm.bind(done);
    }

    /** As many rows and as many values of each as a vector has lanes. */
    private static void block(Assembler asm) {
        asm.emit(WHILELT, K_LEFT.of(ElementSize.S), COLUMN, K);
        asm.emit(MADD, FROM, ROW, LHS_STRIDE, SOURCE);
        asm.emit(ADD, FROM, FROM, COLUMN, Modifier.lsl(2));
        final Label in = loop(asm, "pack_in", ROWS, ROW);
        asm.emit(LD1W, TURNED.row(SLICE.w(), 0), K_LEFT.zeroing(), Mem.at(FROM));
        asm.emit(ADD, FROM, FROM, LHS_STRIDE);
        endLoop(asm, in);
        final Label out = loop(asm, "pack_out", K, COLUMN);
        asm.emit(ST1W, TURNED.column(SLICE.w(), 0), ROWS_LEFT, Mem.at(TO));
        asm.emit(ADD, TO, TO, STEP);
        endLoop(asm, out);
    }

    /** Over slices: as many as there are, or as are left. */
    private static Label loop(Assembler asm, String name, Gpr count, Gpr done) {
        final Label label = new Label(name);
        asm.emit(SUB, SCRATCH, count, done);
        asm.emit(CMP, SCRATCH, LANES);
        asm.emit(CSEL, END, SCRATCH, LANES, Condition.LT);
        asm.emit(MOV, SLICE, new Imm(0));
        asm.bind(label);
        return label;
    }

    private static void endLoop(Assembler asm, Label label) {
        asm.emit(ADD, SLICE, SLICE, new Imm(1));
        asm.emit(CMP, SLICE, END);
        asm.emit(B_NE, label);
    }
}
