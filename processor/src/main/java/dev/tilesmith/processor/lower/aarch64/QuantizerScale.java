package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.DUP;
import static dev.tilesmith.processor.asm.aarch64.Op.FADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FCMP;
import static dev.tilesmith.processor.asm.aarch64.Op.FCSEL;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTAS;
import static dev.tilesmith.processor.asm.aarch64.Op.FCVTNS;
import static dev.tilesmith.processor.asm.aarch64.Op.FDIV;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.FMUL;
import static dev.tilesmith.processor.asm.aarch64.Op.FSUB;
import static dev.tilesmith.processor.asm.aarch64.Op.MOVI;
import static dev.tilesmith.processor.asm.aarch64.Op.SQADD;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.INVERSE;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.LEAST;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.MAX;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.MIN;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.MOST;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.ONE;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SCALE;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.SCRATCH;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.STEPS;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.TEMPORARY;
import static dev.tilesmith.processor.lower.aarch64.QuantizerRegisters.ZERO_POINT;

import dev.tilesmith.processor.asm.aarch64.Arrangement;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Condition;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Scalar;
import dev.tilesmith.processor.asm.aarch64.V;

/** The scale of a row and its zero point, made of the row's bounds, and what they make of its values. */
final class QuantizerScale {
    private final Assembler asm;

    QuantizerScale(Assembler asm) {
        this.asm = asm;
    }

    /** Sets the constants. */
    void begin() {
        asm.set(Scalar.s(LEAST), -128f, SCRATCH);
        asm.set(Scalar.s(MOST), 127f, SCRATCH);
        asm.set(Scalar.s(ONE), 1f, SCRATCH);
        asm.set(Scalar.s(STEPS), 255f, SCRATCH);
    }

    /** Leaves the scale and the zero point in all lanes of their registers. */
    void choose() {
        chooseScale();
        chooseZeroPoint();
    }

    /** {@code min == max ? 1 : 255 / (max - min)}; its inverse, or 0 where it is 0. */
    private void chooseScale() {
        asm.emit(FSUB, Scalar.s(SCALE), Scalar.s(MAX), Scalar.s(MIN));
        asm.emit(FDIV, Scalar.s(SCALE), Scalar.s(STEPS), Scalar.s(SCALE));
        asm.emit(FCMP, Scalar.s(MIN), Scalar.s(MAX));
        asm.emit(FCSEL, Scalar.s(SCALE), Scalar.s(ONE), Scalar.s(SCALE), Condition.EQ);
        asm.emit(FDIV, Scalar.s(INVERSE), Scalar.s(ONE), Scalar.s(SCALE));
        asm.emit(MOVI, V.s4(TEMPORARY), new Imm(0));
        asm.emit(FCMP, Scalar.s(SCALE), Scalar.s(TEMPORARY));
        asm.emit(FCSEL, Scalar.s(INVERSE), Scalar.s(TEMPORARY), Scalar.s(INVERSE), Condition.EQ);
    }

    /** Where the errors of both ends are equal; the nearest integer, halves to even; 0 where that is NaN. */
    private void chooseZeroPoint() {
        final Scalar low = Scalar.s(TEMPORARY + 1);
        final Scalar high = Scalar.s(TEMPORARY + 2);
        final Scalar sum = Scalar.s(TEMPORARY + 3);
        final Scalar zero = Scalar.s(ZERO_POINT);
        asm.emit(FMUL, low, Scalar.s(MIN), Scalar.s(SCALE));
        asm.emit(FMUL, high, Scalar.s(MAX), Scalar.s(SCALE));
        asm.emit(FADD, sum, Scalar.s(LEAST), low);
        asm.emit(FADD, zero, Scalar.s(MOST), high);
        asm.emit(FADD, sum, sum, zero);
        asm.emit(FSUB, low, Scalar.s(LEAST), low);
        asm.emit(FSUB, high, Scalar.s(MOST), high);
        asm.emit(FCMP, sum, Scalar.s(TEMPORARY));
        asm.emit(FCSEL, zero, low, high, Condition.GT);
        asm.emit(FMAX, zero, zero, Scalar.s(LEAST));
        asm.emit(FMIN, zero, zero, Scalar.s(MOST));
        asm.emit(FCVTNS, V.s4(ZERO_POINT), V.s4(ZERO_POINT));
        asm.emit(DUP, V.s4(ZERO_POINT), new V(ZERO_POINT, Arrangement.S).lane(0));
        asm.emit(DUP, V.s4(SCALE), new V(SCALE, Arrangement.S).lane(0));
    }

    /** Makes integers of a vector. NaN becomes 0 before the zero point, what is too large for an int32 the largest. */
    void toIntegers(V value) {
        asm.emit(FMUL, value, value, V.s4(SCALE));
        asm.emit(FCVTAS, value, value);
        asm.emit(SQADD, value, value, V.s4(ZERO_POINT));
    }
}
