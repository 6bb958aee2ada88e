package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.VCVTDQ2PS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVDQU32;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSDW;
import static dev.tilesmith.processor.asm.x86.Op.VPACKSSWB;
import static dev.tilesmith.processor.asm.x86.Op.VPADDSW;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTB;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTW;
import static dev.tilesmith.processor.asm.x86.Op.VPERMD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSB;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSB;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.VECTOR;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.VECTORS;
import static dev.tilesmith.processor.lower.x86.ColumnGroups.argument;

import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.lower.PanelColumns;
import dev.tilesmith.processor.program.ColumnPart;
import dev.tilesmith.processor.program.Epilogue;
import dev.tilesmith.processor.program.Pass;

/**
 * Makes the bytes of a pixel of its sums, for four vectors at once, or two: what saturates is packed to 16 bits before the zero point is
 * added, and to 8 bits after it.
 */
final class DepthwiseRequantization {
    private static final int LOWEST = 14;
    private static final int HIGHEST = 15;
    private static final int MULTIPLIERS = 20;
    private static final int ZERO_POINT = 24;
    private static final int MOST = 25;
    private static final int TURN = 26;

    private final Assembler asm;
    private final PanelColumns columns;
    private final boolean bounded;

    DepthwiseRequantization(Assembler asm, PanelColumns columns, Epilogue epilogue) {
        this.asm = asm;
        this.columns = columns;
        this.bounded = epilogue.passes().stream().anyMatch(pass -> pass.kind() == Pass.Kind.BOUND);
    }

    /** Loads what is kept for all panels. */
    void begin() {
        asm.emit(VMOVDQU32, Vec.zmm(TURN), ColumnGroups.turned(asm));
        asm.emit(VPBROADCASTD, Vec.zmm(MOST), Mem.at(asm.constant(new float[] {Short.MAX_VALUE}, Float.BYTES)));
        if (bounded) {
            asm.emit(VPBROADCASTB, Vec.zmm(LOWEST), argument(DepthwiseInt8Arguments.CLAMP_MIN));
            asm.emit(VPBROADCASTB, Vec.zmm(HIGHEST), argument(DepthwiseInt8Arguments.CLAMP_MAX));
        }
    }

    /** Loads what a panel's columns have, which a register points to. */
    void beginPanel(Gpr ofColumns) {
        for (int v = 0; v < VECTORS; v++) {
            final int multiplier = columns.offsetOf(ColumnPart.MULTIPLIER) + v * VECTOR;
            asm.emit(VMOVDQU32, Vec.zmm(MULTIPLIERS + v), mem(ofColumns, multiplier));
        }
        asm.emit(VPBROADCASTW, Vec.zmm(ZERO_POINT), mem(ofColumns, columns.offsetOf(ColumnPart.ZERO_POINT)));
    }

    /**
     * Leaves bytes in the first vector of a pixel's sums. Conversions give the least integer for what is far below, which is right; what is
     * far above is cut off before.
     */
    void of(Vec first, int vectors) {
        for (int v = 0; v < vectors; v++) {
            final Vec sum = Vec.zmm(first.index() + v);
            asm.emit(VCVTDQ2PS, sum, sum);
            asm.emit(VMULPS, sum, sum, Vec.zmm(MULTIPLIERS + v));
            asm.emit(VMINPS, sum, sum, Vec.zmm(MOST));
            asm.emit(VCVTPS2DQ, sum, sum);
        }
        for (int v = 0; v < vectors; v += 2) {
            final Vec words = Vec.zmm(first.index() + v);
            asm.emit(VPACKSSDW, words, words, Vec.zmm(first.index() + v + 1));
            asm.emit(VPADDSW, words, words, Vec.zmm(ZERO_POINT));
        }
        asm.emit(VPACKSSWB, first, first, Vec.zmm(first.index() + vectors - 2));
        if (bounded) {
            asm.emit(VPMAXSB, first, first, Vec.zmm(LOWEST));
            asm.emit(VPMINSB, first, first, Vec.zmm(HIGHEST));
        }
        asm.emit(VPERMD, first, Vec.zmm(TURN), first);
    }
}
