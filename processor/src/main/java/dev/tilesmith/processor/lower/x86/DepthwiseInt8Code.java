package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RAX;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.KMOVQ;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.SHR;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU32;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU8;
import static dev.tilesmith.processor.asm.x86.Op.VPDPBUSD;
import static dev.tilesmith.processor.asm.x86.Op.VPORD;
import static dev.tilesmith.processor.asm.x86.Op.VPSLLD;
import static dev.tilesmith.processor.asm.x86.Op.VPSRLD;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.BYTES;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.HALF;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.LAST;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.VECTOR;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.VECTORS;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.argument;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.processor.asm.MachineCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Label;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Epilogues;
import dev.tilesmith.processor.program.Program;
import java.util.List;

/**
 * The function that makes lines of results of a depthwise convolution of int8, {@code f(arguments, scratch, rhs, dst)} by the System V
 * convention, its arguments laid out by {@link DepthwiseInt8Arguments}: 64 channels of a pixel at once, or of two neighbours, which are dot
 * products of the same groups of columns with filters that differ by a shift of a byte.
 *
 * <p>It is the program's sums and requantization, in other steps: sums begin with what panels add to them, and end by
 * {@link DepthwiseRequantization}. Programs that end otherwise are refused.
 */
final class DepthwiseInt8Code {
    /** What is computed of the same groups. */
    private enum Pixels {
        PAIR("pair", 2),
        SINGLE("single", 1);

        private final String word;
        private final int count;

        Pixels(String word, int count) {
            this.word = word;
            this.count = count;
        }
    }

    /**
     * What a loop computes at once.
     *
     * @param vectors of a panel's channels that are computed: all, or half of them where there are no more
     */
    private record Tile(Pixels pixels, int vectors) {
        Label label(String what) {
            return new Label(pixels.word + vectors * Isa.AVX512.lanes() + what);
        }
    }

    private static final int NR = VECTOR;

    private static final int SUMS = 0;
    private static final int VALUES = 8;
    private static final int SHIFTED_VALUES = 12;
    private static final int BEGINNINGS = 16;
    private static final Mask COLUMNS = new Mask(2);

    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R14, R15);
    private static final Gpr PANEL = RDX;
    private static final Gpr SHIFTED = R8;
    private static final Gpr TILE = R9;
    private static final Gpr DST = R10;
    private static final Gpr TILES_LEFT = R11;
    private static final Gpr GROUP_STEP = RBX;
    private static final Gpr DST_STRIDE = RBP;
    private static final Gpr TILE_STEP = R12;

    /** What lies in the argument block's state. */
    private static final int PANEL_LINE = DepthwiseInt8Arguments.STATE;

    private static final int PANEL_DST = DepthwiseInt8Arguments.STATE + 8;
    private static final int PANELS_LEFT = DepthwiseInt8Arguments.STATE + 16;
    private static final int PANEL_FILTERS = DepthwiseInt8Arguments.STATE + 24;
    private static final int SHIFTED_FILTERS = DepthwiseInt8Arguments.STATE + 32;

    private final Assembler asm = new Assembler(Mode.EVEX);
    private final PanelColumns columns;
    private final DepthwiseRequantization requantization;

    private DepthwiseInt8Code(Program program) {
        this.columns = PanelColumns.of(program);
        this.requantization = new DepthwiseRequantization(asm, columns, program.epilogue());
    }

    /**
     * Assembles the function.
     *
     * @throws IllegalArgumentException for other programs than one pixel of 64 columns whose sums of bytes are requantized, or without AVX-512
     */
    static MachineCode assemble(Isa isa, int nr, List<Program> programs) {
        final Program program = programs.getFirst();
        if (isa != Isa.AVX512 || nr != NR || programs.size() != 1 || !isKnown(program)) {
            throw new IllegalArgumentException("no depthwise code of " + isa + " for " + program.print());
        }
        final DepthwiseInt8Code code = new DepthwiseInt8Code(program);
        code.emit();
        return code.asm.assemble();
    }

    private static boolean isKnown(Program program) {
        return program.mr() == 1
                && program.nr() == NR
                && program.lanes() == Isa.AVX512.lanes()
                && program.contraction().equals(ColumnGroups.CONTRACTION)
                && List.of(true, false).stream().anyMatch(clamp -> program.epilogue()
                        .equals(Epilogues.requantized(program.shape(), ColumnGroups.CONTRACTION, clamp)));
    }

    private void emit() {
        SAVED.forEach(register -> asm.emit(PUSH, register));
        begin();
        asm.bind(new Label("panel"));
        beginPanel();
        for (final int vectors : List.of(VECTORS, HALF)) {
            asm.bind(new Label("columns" + vectors));
            for (final Pixels pixels : Pixels.values()) {
                tiles(new Tile(pixels, vectors));
            }
            if (vectors != HALF) {
                asm.emit(JMP, new Label("panel_done"));
            }
        }
        asm.bind(new Label("panel_done"));
        nextPanel();
        asm.emit(JNE, new Label("panel"));
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    private void begin() {
        asm.emit(MOV, argument(PANEL_LINE), RSI);
        asm.emit(ADD, RCX, argument(DepthwiseInt8Arguments.DST_OFFSET));
        asm.emit(MOV, argument(PANEL_DST), RCX);
        asm.emit(MOV, RAX, argument(DepthwiseInt8Arguments.PANELS));
        asm.emit(MOV, argument(PANELS_LEFT), RAX);
        asm.emit(ADD, PANEL, argument(DepthwiseInt8Arguments.RHS_OFFSET));
        asm.emit(MOV, SHIFTED, argument(DepthwiseInt8Arguments.SHIFTED));
        asm.emit(ADD, SHIFTED, RSI);
        asm.emit(MOV, argument(SHIFTED_FILTERS), SHIFTED);
        asm.emit(MOV, GROUP_STEP, argument(DepthwiseInt8Arguments.GROUP_STEP));
        asm.emit(MOV, TILE_STEP, argument(DepthwiseInt8Arguments.TILE_STEP));
        asm.emit(MOV, DST_STRIDE, argument(DepthwiseInt8Arguments.DST_STRIDE));
        ColumnGroups.setLast(asm);
        requantization.begin();
    }

    private void beginPanel() {
        final Label full = new Label("full");
        asm.emit(MOV, argument(PANEL_FILTERS), PANEL);
        asm.emit(MOV, RAX, new Imm(-1));
        asm.emit(KMOVQ, COLUMNS, RAX);
        asm.emit(MOV, RAX, argument(PANELS_LEFT));
        asm.emit(CMP, RAX, new Imm(1));
        asm.emit(JNE, full);
        asm.emit(KMOVQ, COLUMNS, LAST);
        asm.bind(full);
        asm.emit(MOV, RAX, argument(DepthwiseInt8Arguments.METADATA));
        asm.emit(ADD, RAX, PANEL);
        for (int v = 0; v < VECTORS; v++) {
            final int beginning = columns.offsetOf(ColumnPart.BEGINNING) + v * VECTOR;
            asm.emit(VMOVDQU32, Vec.zmm(BEGINNINGS + v), mem(RAX, beginning));
        }
        requantization.beginPanel(RAX);
        asm.emit(MOV, SHIFTED, argument(SHIFTED_FILTERS));
        shift();
        asm.emit(MOV, TILE, argument(PANEL_LINE));
        asm.emit(MOV, DST, argument(PANEL_DST));
        asm.emit(KMOVQ, RAX, COLUMNS);
        asm.emit(SHR, RAX, new Imm((long) HALF * Isa.AVX512.lanes()));
        asm.emit(JE, new Label("columns" + HALF));
    }

    /** Brings filters a byte on, for second pixels: what leaves a group enters the next of its row. */
    private void shift() {
        final Label done = new Label("shifted");
        asm.emit(MOV, RAX, argument(DepthwiseInt8Arguments.PAIRS));
        asm.emit(TEST, RAX, RAX);
        asm.emit(JE, done);
        asm.emit(MOV, R15, argument(DepthwiseInt8Arguments.KERNEL_ROWS));
        asm.bind(new Label("shift_row"));
        for (int v = 0; v < VECTORS; v++) {
            asm.emit(VPXORD, before(v), before(v), before(v));
        }
        asm.emit(MOV, RCX, argument(DepthwiseInt8Arguments.ROW_GROUPS));
        asm.bind(new Label("shift_group"));
        for (int v = 0; v < VECTORS; v++) {
            final Vec values = Vec.zmm(VALUES + v);
            final Vec shifted = Vec.zmm(SHIFTED_VALUES);
            asm.emit(VMOVDQU32, values, mem(PANEL, v * VECTOR));
            asm.emit(VPSLLD, shifted, values, new Imm(Byte.SIZE));
            asm.emit(VPORD, shifted, shifted, before(v));
            asm.emit(VMOVDQU32, mem(SHIFTED, v * VECTOR), shifted);
            asm.emit(VPSRLD, before(v), values, new Imm(Integer.SIZE - Byte.SIZE));
        }
        asm.emit(ADD, PANEL, new Imm(BYTES));
        asm.emit(ADD, SHIFTED, new Imm(BYTES));
        asm.emit(DEC, RCX);
        asm.emit(JNE, new Label("shift_group"));
        asm.emit(DEC, R15);
        asm.emit(JNE, new Label("shift_row"));
        backToFilters();
        asm.bind(done);
    }

    /** What of a vector's values went over: where sums are to be. */
    private static Vec before(int vector) {
        return Vec.zmm(SUMS + vector);
    }

    private void backToFilters() {
        asm.emit(MOV, PANEL, argument(PANEL_FILTERS));
        asm.emit(MOV, SHIFTED, argument(SHIFTED_FILTERS));
    }

    private void tiles(Tile tile) {
        final Label done = tile.label("_done");
        asm.emit(
                MOV,
                TILES_LEFT,
                argument(
                        switch (tile.pixels()) {
                            case PAIR -> DepthwiseInt8Arguments.PAIRS;
                            case SINGLE -> DepthwiseInt8Arguments.SINGLES;
                        }));
        asm.emit(TEST, TILES_LEFT, TILES_LEFT);
        asm.emit(JE, done);
        choose(tile);
        counted(tile, done);
        for (final UnrolledKernel unrolled : UnrolledKernel.ALL) {
            unrolled(tile, unrolled, done);
        }
        asm.bind(done);
    }

    private static Label loop(Tile tile, UnrolledKernel kernel) {
        return tile.label("_" + kernel.rows() + "x" + kernel.groups());
    }

    private void choose(Tile tile) {
        asm.emit(MOV, RAX, argument(DepthwiseInt8Arguments.KERNEL_ROWS));
        asm.emit(MOV, RCX, argument(DepthwiseInt8Arguments.ROW_GROUPS));
        for (final UnrolledKernel unrolled : UnrolledKernel.ALL) {
            final Label other = tile.label("_not_" + unrolled.rows());
            asm.emit(CMP, RAX, new Imm(unrolled.rows()));
            asm.emit(JNE, other);
            asm.emit(CMP, RCX, new Imm(unrolled.groups()));
            asm.emit(JE, loop(tile, unrolled));
            asm.bind(other);
        }
    }

    private void unrolled(Tile tile, UnrolledKernel kernel, Label done) {
        final Label loop = loop(tile, kernel);
        asm.bind(loop);
        beginSums(tile);
        for (int row = 0; row < kernel.rows(); row++) {
            asm.emit(MOV, RAX, argument(DepthwiseInt8Arguments.ROWS + row * Long.BYTES));
            asm.emit(ADD, RAX, TILE);
            for (int group = 0; group < kernel.groups(); group++) {
                if (group > 0) {
                    asm.emit(ADD, RAX, GROUP_STEP);
                }
                multiply(tile, (row * kernel.groups() + group) * BYTES);
            }
        }
        finish(tile);
        asm.emit(JNE, loop);
        asm.emit(JMP, done);
    }

    private void counted(Tile tile, Label done) {
        final Label loop = tile.label("_any");
        final Label row = tile.label("_row");
        final Label group = tile.label("_group");
        asm.bind(loop);
        beginSums(tile);
        asm.emit(LEA, R14, argument(DepthwiseInt8Arguments.ROWS));
        asm.emit(MOV, R15, argument(DepthwiseInt8Arguments.KERNEL_ROWS));
        asm.bind(row);
        asm.emit(MOV, RAX, mem(R14));
        asm.emit(ADD, RAX, TILE);
        asm.emit(MOV, RCX, argument(DepthwiseInt8Arguments.ROW_GROUPS));
        asm.bind(group);
        multiply(tile, 0);
        asm.emit(ADD, PANEL, new Imm(BYTES));
        asm.emit(ADD, SHIFTED, new Imm(BYTES));
        asm.emit(ADD, RAX, GROUP_STEP);
        asm.emit(DEC, RCX);
        asm.emit(JNE, group);
        asm.emit(ADD, R14, new Imm(Long.BYTES));
        asm.emit(DEC, R15);
        asm.emit(JNE, row);
        backToFilters();
        finish(tile);
        asm.emit(JNE, loop);
        asm.emit(JMP, done);
    }

    private static Vec sum(int pixel, int vector) {
        return Vec.zmm(SUMS + pixel * VECTORS + vector);
    }

    private void beginSums(Tile tile) {
        for (int pixel = 0; pixel < tile.pixels().count; pixel++) {
            for (int v = 0; v < tile.vectors(); v++) {
                asm.emit(VMOVDQU32, sum(pixel, v), Vec.zmm(BEGINNINGS + v));
            }
        }
    }

    /** A group of columns, by the filters at an offset. */
    private void multiply(Tile tile, int filters) {
        for (int v = 0; v < tile.vectors(); v++) {
            final Vec values = Vec.zmm(VALUES + v);
            asm.emit(VMOVDQU32, values, mem(RAX, v * VECTOR));
            asm.emit(VPDPBUSD, sum(0, v), values, mem(PANEL, filters + v * VECTOR));
            if (tile.pixels() == Pixels.PAIR) {
                asm.emit(VPDPBUSD, sum(1, v), values, mem(SHIFTED, filters + v * VECTOR));
            }
        }
    }

    /** Requantizes and stores; the zero flag says that there is no other tile. */
    private void finish(Tile tile) {
        for (int pixel = 0; pixel < tile.pixels().count; pixel++) {
            requantization.of(sum(pixel, 0), tile.vectors());
            asm.emit(VMOVDQU8, mem(DST).merging(COLUMNS), sum(pixel, 0));
            asm.emit(ADD, DST, DST_STRIDE);
        }
        asm.emit(ADD, TILE, TILE_STEP);
        asm.emit(DEC, TILES_LEFT);
    }

    /** Moves on to the next panel; the zero flag says that there is none. */
    private void nextPanel() {
        asm.emit(ADD, PANEL, argument(DepthwiseInt8Arguments.RHS_STRIDE));
        asm.emit(MOV, RAX, argument(PANEL_LINE));
        asm.emit(ADD, RAX, argument(DepthwiseInt8Arguments.LINE_PANEL));
        asm.emit(MOV, argument(PANEL_LINE), RAX);
        asm.emit(MOV, RAX, argument(PANEL_DST));
        asm.emit(ADD, RAX, new Imm(NR));
        asm.emit(MOV, argument(PANEL_DST), RAX);
        asm.emit(MOV, RAX, argument(PANELS_LEFT));
        asm.emit(DEC, RAX);
        asm.emit(MOV, argument(PANELS_LEFT), RAX);
    }
}
