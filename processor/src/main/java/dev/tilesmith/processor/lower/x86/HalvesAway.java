package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VADDPS;
import static dev.tilesmith.processor.asm.x86.Op.VANDPS;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VCVTTPS2DQ;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VMOVAPS;
import static dev.tilesmith.processor.asm.x86.Op.VORPS;
import static dev.tilesmith.processor.asm.x86.Op.VPTERNLOGD;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mask;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;

/**
 * Rounds f32s to the nearest integers, halves away from zero: by adding the largest float below one half, with the value's
 * sign, and cutting off the fraction in the conversion to integers. The conversion makes the least integer of all that it
 * cannot hold, so what is too large is bounded before it, and NaN made 0.
 */
final class HalvesAway {
    private static final int ORDERED = 7;

    /** {@code (a & b) | c} of the instruction that knows every function of three bits. */
    private static final int AND_OR = 0xEA;

    /** Larger than any value that some zero point brings back into range. */
    private static final float TOO_LARGE = 512f;

    private static final Mask ORDERED_MASK = new Mask(5);

    private final Assembler asm;
    private final Isa isa;
    private final Registers registers;

    /**
     * Vector registers, by number.
     *
     * @param sign kept: the sign bit
     * @param belowHalf kept: the largest float below one half
     * @param highest kept: what values are bounded to
     * @param half used in rounding
     * @param ordered used in rounding on AVX2, which has no mask registers
     */
    record Registers(int sign, int belowHalf, int highest, int half, int ordered) {}

    HalvesAway(Assembler asm, Isa isa, Registers registers) {
        this.asm = asm;
        this.isa = isa;
        this.registers = registers;
    }

    private Vec vector(int index) {
        return new Vec(isa.bits(), index);
    }

    private Mem constant(float value) {
        return Mem.at(asm.constant(new float[] {value}, Float.BYTES));
    }

    /** Sets the registers that are kept. */
    void begin() {
        asm.emit(VBROADCASTSS, vector(registers.sign()), constant(-0f));
        asm.emit(VBROADCASTSS, vector(registers.belowHalf()), constant(Math.nextDown(0.5f)));
        asm.emit(VBROADCASTSS, vector(registers.highest()), constant(TOO_LARGE));
    }

    /** Rounds, in place. */
    void round(Vec value) {
        final Vec half = vector(registers.half());
        final Vec sign = vector(registers.sign());
        final Vec belowHalf = vector(registers.belowHalf());
        if (isa == Isa.AVX512) {
            asm.emit(VCMPPS, ORDERED_MASK, value, value, new Imm(ORDERED));
            asm.emit(VMOVAPS, half, value);
            asm.emit(VPTERNLOGD, half, sign, belowHalf, new Imm(AND_OR));
            asm.emit(VADDPS, value.zeroing(ORDERED_MASK), value, half);
        } else {
            final Vec ordered = vector(registers.ordered());
            asm.emit(VCMPPS, ordered, value, value, new Imm(ORDERED));
            asm.emit(VANDPS, half, value, sign);
            asm.emit(VORPS, half, half, belowHalf);
            asm.emit(VADDPS, value, value, half);
            asm.emit(VANDPS, value, value, ordered);
        }
        asm.emit(VMINPS, value, value, vector(registers.highest()));
        asm.emit(VCVTTPS2DQ, value, value);
    }
}
