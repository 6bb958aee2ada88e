package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R10;
import static dev.tilesmith.processor.asm.x86.Gpr.R11;
import static dev.tilesmith.processor.asm.x86.Gpr.R12;
import static dev.tilesmith.processor.asm.x86.Gpr.R13;
import static dev.tilesmith.processor.asm.x86.Gpr.R14;
import static dev.tilesmith.processor.asm.x86.Gpr.R15;
import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Gpr.R9;
import static dev.tilesmith.processor.asm.x86.Gpr.RBP;
import static dev.tilesmith.processor.asm.x86.Gpr.RBX;
import static dev.tilesmith.processor.asm.x86.Gpr.RCX;
import static dev.tilesmith.processor.asm.x86.Gpr.RDX;
import static dev.tilesmith.processor.asm.x86.Gpr.RSI;
import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.ADD;
import static dev.tilesmith.processor.asm.x86.Op.CMOVS;
import static dev.tilesmith.processor.asm.x86.Op.CMP;
import static dev.tilesmith.processor.asm.x86.Op.DEC;
import static dev.tilesmith.processor.asm.x86.Op.JE;
import static dev.tilesmith.processor.asm.x86.Op.JG;
import static dev.tilesmith.processor.asm.x86.Op.JMP;
import static dev.tilesmith.processor.asm.x86.Op.JNE;
import static dev.tilesmith.processor.asm.x86.Op.LEA;
import static dev.tilesmith.processor.asm.x86.Op.MOV;
import static dev.tilesmith.processor.asm.x86.Op.POP;
import static dev.tilesmith.processor.asm.x86.Op.PUSH;
import static dev.tilesmith.processor.asm.x86.Op.RET;
import static dev.tilesmith.processor.asm.x86.Op.TEST;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU32;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU8;
import static dev.tilesmith.processor.asm.x86.Op.VPERMD;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKHBW;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKHWD;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKLBW;
import static dev.tilesmith.processor.asm.x86.Op.VPUNPCKLWD;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VZEROUPPER;
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
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import dev.tilesmith.processor.asm.x86.Operand;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Contraction;
import java.util.List;
import java.util.function.Function;

/**
 * The function that lays a line of an image in groups of four columns, {@code f(arguments, src, scratch, scratch)} by the System V convention,
 * its arguments laid out by {@link DepthwiseInt8Arguments}: of each channel four signed bytes become 32 bits of unsigned ones.
 *
 * <p>Vectors of 64 channels are interleaved within lanes of 128 bits, before which their 32 bits are turned so that channels come out in
 * order: as rows and columns of a square.
 */
final class DepthwiseLinesCode {
    private static final int TURN = 30;
    private static final int SIGNS = 31;
    private static final List<Gpr> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);

    /** Where each column of a group is. */
    private static final List<Gpr> COLUMNS = List.of(R8, R9, R10, R11);

    private static final Gpr PADDING = R12;
    private static final Gpr TABLE = R13;
    private static final Gpr GROUP = R14;
    private static final Gpr GROUPS_LEFT = R15;
    private static final Gpr LINE_PANEL = RBX;
    private static final Gpr TO = RBP;
    private static final Gpr PANELS_LEFT = RCX;
    private static final Gpr LAST_COLUMNS = RDX;

    private final Assembler asm = new Assembler(Mode.EVEX);

    private DepthwiseLinesCode() {}

    /**
     * Assembles the function.
     *
     * @throws IllegalArgumentException for what multiplies other groups than of four bytes, or without AVX-512
     */
    static MachineCode assemble(Isa isa, Contraction contraction) {
        if (isa != Isa.AVX512 || !contraction.equals(ColumnGroups.CONTRACTION)) {
            throw new IllegalArgumentException("no code of " + isa + " lays lines for " + contraction);
        }
        final DepthwiseLinesCode code = new DepthwiseLinesCode();
        code.emit();
        return code.asm.assemble();
    }

    private void emit() {
        SAVED.forEach(register -> asm.emit(PUSH, register));
        begin();
        asm.bind(new Label("group"));
        for (int tap = 0; tap < COLUMNS.size(); tap++) {
            final Gpr column = COLUMNS.get(tap);
            asm.emit(MOV, column, mem(TABLE, tap * Long.BYTES));
            asm.emit(TEST, column, column);
            asm.emit(LEA, column, mem(RSI, column, 1, 0));
            asm.emit(CMOVS, column, PADDING);
        }
        asm.emit(ADD, TABLE, new Imm(DepthwiseInt8Arguments.TAPS * Long.BYTES));
        asm.emit(MOV, TO, GROUP);
        asm.emit(MOV, PANELS_LEFT, argument(DepthwiseInt8Arguments.PANELS));
        asm.emit(DEC, PANELS_LEFT);
        asm.emit(JE, new Label("last"));
        asm.bind(new Label("panel"));
        interleave(to -> to, VECTORS);
        COLUMNS.forEach(column -> asm.emit(ADD, column, new Imm(VECTOR)));
        asm.emit(ADD, TO, LINE_PANEL);
        asm.emit(DEC, PANELS_LEFT);
        asm.emit(JNE, new Label("panel"));
        asm.bind(new Label("last"));
        asm.emit(CMP, LAST_COLUMNS, new Imm((long) HALF * Isa.AVX512.lanes()));
        asm.emit(JG, new Label("last_whole"));
        interleave(to -> to.zeroing(LAST), HALF);
        asm.emit(JMP, new Label("next"));
        asm.bind(new Label("last_whole"));
        interleave(to -> to.zeroing(LAST), VECTORS);
        asm.bind(new Label("next"));
        asm.emit(ADD, GROUP, new Imm(ColumnGroups.BYTES));
        asm.emit(DEC, GROUPS_LEFT);
        asm.emit(JNE, new Label("group"));
        asm.emit(VZEROUPPER);
        SAVED.reversed().forEach(register -> asm.emit(POP, register));
        asm.emit(RET);
    }

    private void begin() {
        asm.emit(ADD, RSI, argument(DepthwiseInt8Arguments.SRC_OFFSET));
        place(PADDING, DepthwiseInt8Arguments.PADDING);
        place(TABLE, DepthwiseInt8Arguments.COLUMNS);
        place(GROUP, DepthwiseInt8Arguments.LINE);
        asm.emit(MOV, GROUPS_LEFT, argument(DepthwiseInt8Arguments.GROUPS));
        asm.emit(MOV, LINE_PANEL, argument(DepthwiseInt8Arguments.LINE_PANEL));
        ColumnGroups.setLast(asm);
        asm.emit(MOV, LAST_COLUMNS, argument(DepthwiseInt8Arguments.LAST_COLUMNS));
        asm.emit(VMOVDQU32, Vec.zmm(TURN), ColumnGroups.turned(asm));
        asm.emit(Op.VPBROADCASTD, Vec.zmm(SIGNS), Mem.at(asm.constant(new int[] {0x80808080}, Integer.BYTES)));
    }

    private void place(Gpr to, int offset) {
        asm.emit(MOV, to, argument(offset));
        asm.emit(ADD, to, RDX);
    }

    /** A vector of channels of four columns, which become so many vectors. */
    private void interleave(Function<Vec, Operand> loaded, int vectors) {
        for (int tap = 0; tap < COLUMNS.size(); tap++) {
            final Vec column = Vec.zmm(tap);
            asm.emit(VMOVDQU8, loaded.apply(column), mem(COLUMNS.get(tap)));
            asm.emit(VPERMD, column, Vec.zmm(TURN), column);
            asm.emit(VPXORD, column, column, Vec.zmm(SIGNS));
        }
        for (int half = 0; half < vectors / HALF; half++) {
            final Op bytes = half == 0 ? VPUNPCKLBW : VPUNPCKHBW;
            final int to = 8 + half * HALF;
            asm.emit(bytes, Vec.zmm(4), Vec.zmm(0), Vec.zmm(1));
            asm.emit(bytes, Vec.zmm(5), Vec.zmm(2), Vec.zmm(3));
            asm.emit(VPUNPCKLWD, Vec.zmm(to), Vec.zmm(4), Vec.zmm(5));
            asm.emit(VPUNPCKHWD, Vec.zmm(to + 1), Vec.zmm(4), Vec.zmm(5));
        }
        for (int vector = 0; vector < vectors; vector++) {
            asm.emit(VMOVDQU32, mem(TO, vector * VECTOR), Vec.zmm(8 + vector));
        }
    }
}
