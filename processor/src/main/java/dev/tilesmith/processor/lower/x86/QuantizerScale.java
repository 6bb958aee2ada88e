package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBLENDVPS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VDIVPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVAPS;
import static dev.tilesmith.processor.asm.x86.Op.VMULPS;
import static dev.tilesmith.processor.asm.x86.Op.VPADDD;
import static dev.tilesmith.processor.asm.x86.Op.VSUBPS;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.INVERSE_SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO_POINT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Vec;

/** Chooses scales of rows, their inverses and their zero points, by the rows' bounds, which are lost. */
final class QuantizerScale {
    /** Predicates of vcmpps that raise no exception on NaN. */
    private static final int EQUAL = 0;

    private static final int NOT_EQUAL = 4;
    private static final int ORDERED = 7;
    private static final int GREATER = 30;

    private static final Vec MIN = Vec.xmm(QuantizerRegisters.min(0));
    private static final Vec MAX = Vec.xmm(QuantizerRegisters.max(0));
    private static final Vec MASK = Vec.xmm(5);

    private final Assembler asm;
    private final QuantizerVectors vectors;

    QuantizerScale(QuantizerVectors vectors) {
        this.asm = vectors.asm();
        this.vectors = vectors;
    }

    /**
     * Of up to four rows, a lane for each: leaves scales, their inverses and zero points in their registers.
     *
     * @param offset of zero points
     */
    void choose(int offset) {
        chooseScale();
        chooseZeroPoint();
        if (offset != 0) {
            asm.emit(VPADDD, Vec.xmm(ZERO_POINT), Vec.xmm(ZERO_POINT), vectors.constants(offset));
        }
    }

    /** The range is 0 only where both bounds are equal. */
    private void chooseScale() {
        final Vec range = Vec.xmm(1);
        final Vec scale = Vec.xmm(SCALE);
        final Vec inverse = Vec.xmm(INVERSE_SCALE);
        final Vec zero = Vec.xmm(ZERO);
        final Vec one = Vec.xmm(6);
        vectors.clear(ZERO);
        asm.emit(VSUBPS, range, MAX, MIN);
        asm.emit(VMOVAPS, one, vectors.constants(1f));
        asm.emit(VMOVAPS, scale, vectors.constants(255f));
        asm.emit(VDIVPS, scale, scale, range);
        asm.emit(VCMPPS, MASK, range, zero, new Imm(EQUAL));
        asm.emit(VBLENDVPS, scale, scale, one, MASK);
        asm.emit(VDIVPS, inverse, one, scale);
        asm.emit(VCMPPS, MASK, scale, zero, new Imm(NOT_EQUAL));
        asm.emit(VANDPS, inverse, inverse, MASK);
    }

    /** Where the errors of both ends are equal; the nearest integer, halves to even; 0 where that is NaN. */
    private void chooseZeroPoint() {
        final Vec lowest = Vec.xmm(8);
        final Vec highest = Vec.xmm(9);
        final Vec exact = Vec.xmm(ZERO_POINT);
        final Vec other = Vec.xmm(11);
        asm.emit(VMULPS, MIN, MIN, Vec.xmm(SCALE));
        asm.emit(VMULPS, MAX, MAX, Vec.xmm(SCALE));
        asm.emit(VMOVAPS, lowest, vectors.constants(-128f));
        asm.emit(VMOVAPS, highest, vectors.constants(127f));
        asm.emit(VADDPS, exact, lowest, MIN);
        asm.emit(VADDPS, other, highest, MAX);
        asm.emit(VADDPS, exact, exact, other);
        asm.emit(VCMPPS, MASK, exact, Vec.xmm(ZERO), new Imm(GREATER));
        asm.emit(VSUBPS, exact, lowest, MIN);
        asm.emit(VSUBPS, other, highest, MAX);
        asm.emit(VBLENDVPS, exact, other, exact, MASK);
        asm.emit(VCMPPS, MASK, exact, exact, new Imm(ORDERED));
        asm.emit(VANDPS, exact, exact, MASK);
        asm.emit(VMAXPS, exact, exact, lowest);
        asm.emit(VMINPS, exact, exact, highest);
        asm.emit(VCVTPS2DQ, exact, exact);
    }
}
