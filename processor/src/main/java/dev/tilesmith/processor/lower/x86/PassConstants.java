package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VPXORD;
import static dev.tilesmith.processor.asm.x86.Op.VXORPS;

import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Mem;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Op;
import java.util.EnumMap;
import java.util.Map;

/** Constants in registers, which operations of a pass want for all rows. */
final class PassConstants {
    private final Assembler asm;
    private final EpilogueRegisters registers;
    private final Map<Constant, Vec> constants = new EnumMap<>(Constant.class);

    private enum Constant {
        ZERO,
        LOWEST,
        HIGHEST
    }

    PassConstants(Assembler asm, EpilogueRegisters registers) {
        this.asm = asm;
        this.registers = registers;
    }

    /** Sets those that an operation wants. */
    void addThoseOf(Op op) {
        switch (op) {
            case Op.IntNegate _ -> constants.computeIfAbsent(Constant.ZERO, _ -> zeroed());
            case Op.Round _ -> {
                constants.computeIfAbsent(Constant.LOWEST, _ -> broadcast(Short.MIN_VALUE));
                constants.computeIfAbsent(Constant.HIGHEST, _ -> broadcast(Short.MAX_VALUE));
            }
            case Op.Computing _, Op.Bounding _, Op.Storing _ -> {} // wants none
        }
    }

    private Vec zeroed() {
        final Vec zero = registers.take();
        clear(asm, zero);
        return zero;
    }

    /** Clears a whole register. */
    static void clear(Assembler asm, Vec vec) {
        final Vec low = vec.as(128);
        asm.emit(low.index() > 15 ? VPXORD : VXORPS, low, low, low);
    }

    private Vec broadcast(float value) {
        final Vec vec = registers.take();
        asm.emit(VBROADCASTSS, vec, Mem.at(asm.constant(new float[] {value}, Float.BYTES)));
        return vec;
    }

    Vec zero() {
        return of(Constant.ZERO);
    }

    Vec lowest() {
        return of(Constant.LOWEST);
    }

    Vec highest() {
        return of(Constant.HIGHEST);
    }

    private Vec of(Constant constant) {
        final Vec vec = constants.get(constant);
        if (vec == null) {
            throw new IllegalStateException("constant " + constant + " is not set");
        }
        return vec;
    }

    void release() {
        constants.values().forEach(registers::release);
    }
}
