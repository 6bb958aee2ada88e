package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Gpr.R8;
import static dev.tilesmith.processor.asm.x86.Op.VADDSS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBLENDVPS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTSS2SI;
import static dev.tilesmith.processor.asm.x86.Op.VDIVSS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXSS;
import static dev.tilesmith.processor.asm.x86.Op.VMINSS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVSS;
import static dev.tilesmith.processor.asm.x86.Op.VMULSS;
import static dev.tilesmith.processor.asm.x86.Op.VSUBSS;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.INVERSE_SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.SCALE;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO;
import static dev.tilesmith.processor.lower.x86.QuantizerRegisters.ZERO_POINT;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Vec;

/** Chooses the scale of a row, its inverse and its zero point, by the row's bounds, which are lost. */
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

    /** Leaves the scale and its inverse in the first lanes of their registers, the zero point in r8. */
    void choose() {
        chooseScale();
        chooseZeroPoint();
    }

    /** The range is 0 only where both bounds are equal. */
    private void chooseScale() {
        final Vec range = Vec.xmm(1);
        final Vec scale = Vec.xmm(SCALE);
        final Vec inverse = Vec.xmm(INVERSE_SCALE);
        final Vec zero = Vec.xmm(ZERO);
        final Vec one = Vec.xmm(6);
        vectors.clear(ZERO);
        asm.emit(VSUBSS, range, MAX, MIN);
        asm.emit(VMOVSS, one, vectors.constant(1f));
        asm.emit(VMOVSS, scale, vectors.constant(255f));
        asm.emit(VDIVSS, scale, scale, range);
        asm.emit(VCMPPS, MASK, range, zero, new Imm(EQUAL));
        asm.emit(VBLENDVPS, scale, scale, one, MASK);
        asm.emit(VDIVSS, inverse, one, scale);
        asm.emit(VCMPPS, MASK, scale, zero, new Imm(NOT_EQUAL));
        asm.emit(VANDPS, inverse, inverse, MASK);
    }

    /** Where the errors of both ends are equal; the nearest integer, halves to even; 0 where that is NaN. */
    private void chooseZeroPoint() {
        final Vec lowest = Vec.xmm(8);
        final Vec highest = Vec.xmm(9);
        final Vec exact = Vec.xmm(ZERO_POINT);
        final Vec other = Vec.xmm(11);
        asm.emit(VMULSS, MIN, MIN, Vec.xmm(SCALE));
        asm.emit(VMULSS, MAX, MAX, Vec.xmm(SCALE));
        asm.emit(VMOVSS, lowest, vectors.constant(-128f));
        asm.emit(VMOVSS, highest, vectors.constant(127f));
        asm.emit(VADDSS, exact, lowest, MIN);
        asm.emit(VADDSS, other, highest, MAX);
        asm.emit(VADDSS, exact, exact, other);
        asm.emit(VCMPPS, MASK, exact, Vec.xmm(ZERO), new Imm(GREATER));
        asm.emit(VSUBSS, exact, lowest, MIN);
        asm.emit(VSUBSS, other, highest, MAX);
        asm.emit(VBLENDVPS, exact, other, exact, MASK);
        asm.emit(VCMPPS, MASK, exact, exact, new Imm(ORDERED));
        asm.emit(VANDPS, exact, exact, MASK);
        asm.emit(VMAXSS, exact, exact, lowest);
        asm.emit(VMINSS, exact, exact, highest);
        asm.emit(VCVTSS2SI, R8.as(32), exact);
    }
}
