package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JL;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.SHL;
import static dev.tilesmith.processor.asm.x86.Op.SUB;
import static dev.tilesmith.processor.asm.x86.Op.VMOVD;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU;
import static dev.tilesmith.processor.asm.x86.Op.VMOVUPS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.LHS;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.layout.BlockCopies;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Contraction;

/**
 * Copies rows in blocks for tile registers, once in a call, as {@link BlockCopies} has them: they lie at places that are 4 bytes beside those
 * that are loaded fast. Scales of rows that are not there are zeros.
 */
final class AmxBlockRows {
    private static final int BEFORE = BlockCopies.BLOCKS_BEFORE;
    private static final int GROUP = PanelLayout.INT4_GROUP;
    private static final int ROWS = BlockCopies.LANES;
    private static final int LINE = 64;

    private static final Gpr FROM = Gpr.R8;
    private static final Gpr TO = Gpr.R9;
    private static final Gpr SCALES_TO = Gpr.R10;
    private static final Gpr ROW_FROM = Gpr.R11;
    private static final Gpr BLOCKS = Gpr.R13;
    private static final Gpr STEPS = Gpr.R14;
    private static final Gpr HEIGHT = Gpr.R15;
    private static final Gpr HEIGHTS = Gpr.RBP;
    private static final Gpr ROW = Gpr.R12;
    private static final Gpr SCRATCH = Gpr.RAX;
    private static final Vec COPIED = Vec.ymm(0);
    private static final Vec SCALE = Vec.xmm(1);
    private static final Vec ZERO = Vec.zmm(2);

    private final Assembler asm;
    private final LhsRows rows;
    private final Contraction contraction;
    private final int scaleBytes;

    AmxBlockRows(Assembler asm, LhsRows rows, Contraction contraction) {
        this.asm = asm;
        this.rows = rows;
        this.contraction = contraction;
        this.scaleBytes = BlockCopies.scaleBytes(contraction.hasMinima());
    }

    /** Copies all tiles of rows that are multiplied by tile registers; the registers that rows have of their own are lost. */
    void copy() {
        asm.emit(MOV, TO, AmxBlockFrame.FIRST_ROWS.place());
        asm.emit(MOV, ROW_FROM, LHS);
        asm.emit(LEA, HEIGHTS, mem(ARGUMENTS, NativeArguments.HEIGHTS));
        PassConstants.clear(asm, ZERO);
        asm.bind(new Label("copy_tile"));
        asm.emit(MOV, HEIGHT.as(32), mem(HEIGHTS));
        asm.emit(CMP, HEIGHT, AmxFrame.ROWS_FOR_TILES);
        asm.emit(JL, new Label("copied"));
        asm.emit(ADD, HEIGHTS, new Imm(Integer.BYTES));
        asm.emit(MOV, SCALES_TO, TO);
        asm.emit(ADD, SCALES_TO, AmxBlockFrame.VALUE_BYTES.place());
        if (contraction.scalesRows()) {
            clearScales();
        }
        asm.emit(MOV, ROW, HEIGHT);
        asm.bind(new Label("copy_row"));
        copyRow();
        asm.emit(DEC, ROW);
        asm.emit(JNE, new Label("copy_row"));
        nextTile();
        asm.emit(JMP, new Label("copy_tile"));
        asm.bind(new Label("copied"));
    }

    private void clearScales() {
        asm.emit(MOV, FROM, SCALES_TO);
        asm.emit(MOV, BLOCKS, mem(ARGUMENTS, NativeArguments.BLOCKS));
        asm.emit(ADD, BLOCKS, new Imm(BEFORE));
        asm.bind(new Label("clear_scales"));
        for (int at = 0; at < scaleBytes; at += LINE) {
            asm.emit(VMOVUPS, mem(FROM, at), ZERO);
        }
        asm.emit(ADD, FROM, new Imm(scaleBytes));
        asm.emit(DEC, BLOCKS);
        asm.emit(JNE, new Label("clear_scales"));
    }

    /** Of each block what is before the values, the values, and the scale after them. */
    private void copyRow() {
        asm.emit(MOV, FROM, ROW_FROM);
        asm.emit(MOV, SCRATCH, TO);
        asm.emit(MOV, BLOCKS, mem(ARGUMENTS, NativeArguments.BLOCKS));
        if (contraction.scalesRows()) {
            asm.emit(ADD, SCALES_TO, new Imm(BEFORE * (long) scaleBytes));
        }
        asm.bind(new Label("copy_block"));
        if (contraction.hasMinima()) {
            asm.emit(VMOVD, SCALE, mem(FROM));
            asm.emit(VMOVD, mem(SCALES_TO, LINE), SCALE);
        }
        asm.emit(ADD, FROM, new Imm(Integer.BYTES));
        asm.emit(MOV, STEPS, mem(ARGUMENTS, NativeArguments.STEPS));
        asm.bind(new Label("copy_step"));
        asm.emit(VMOVDQU, COPIED, mem(FROM));
        asm.emit(VMOVDQU, mem(SCRATCH), COPIED);
        asm.emit(ADD, FROM, new Imm(GROUP));
        asm.emit(ADD, SCRATCH, new Imm(ROWS * (long) GROUP));
        asm.emit(DEC, STEPS);
        asm.emit(JNE, new Label("copy_step"));
        if (contraction.scalesRows()) {
            asm.emit(VMOVD, SCALE, mem(FROM));
            asm.emit(VMOVD, mem(SCALES_TO), SCALE);
            asm.emit(ADD, FROM, new Imm(Float.BYTES));
            asm.emit(ADD, SCALES_TO, new Imm(scaleBytes));
        }
        asm.emit(DEC, BLOCKS);
        asm.emit(JNE, new Label("copy_block"));
        nextRow();
    }

    private void nextRow() {
        asm.emit(ADD, ROW_FROM, rows.stride());
        asm.emit(ADD, TO, new Imm(GROUP));
        if (contraction.scalesRows()) {
            asm.emit(SUB, SCALES_TO, AmxBlockFrame.SCALE_BYTES.place());
            asm.emit(ADD, SCALES_TO, new Imm(Float.BYTES));
        }
    }

    private void nextTile() {
        asm.emit(SHL, HEIGHT, new Imm(Integer.numberOfTrailingZeros(GROUP)));
        asm.emit(SUB, TO, HEIGHT);
        asm.emit(ADD, TO, AmxBlockFrame.ROWS_BYTES.place());
    }
}
