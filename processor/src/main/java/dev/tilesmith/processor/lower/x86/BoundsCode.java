package dev.tilesmith.processor.lower.x86;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static dev.tilesmith.processor.asm.x86.Op.VBROADCASTSS;
import static dev.tilesmith.processor.asm.x86.Op.VCMPPS;
import static dev.tilesmith.processor.asm.x86.Op.VMAXPS;
import static dev.tilesmith.processor.asm.x86.Op.VMINPS;
import static dev.tilesmith.processor.asm.x86.Op.VORPS;
import static dev.tilesmith.processor.asm.x86.Op.VPBROADCASTD;
import static dev.tilesmith.processor.asm.x86.Op.VPMAXSD;
import static dev.tilesmith.processor.asm.x86.Op.VPMINSD;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.x86.FamilyRegisters.SCRATCH_MASK;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Vec;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A pass that bounds results, in the registers that hold them. */
final class BoundsCode {
    /** Predicates of vcmpps. */
    private static final int UNORDERED = 3;

    private static final int ORDERED = 7;

    private final Assembler asm;
    private final Isa isa;
    private final Program program;
    private final EpilogueRegisters registers;

    BoundsCode(Assembler asm, Isa isa, Program program, EpilogueRegisters registers) {
        this.asm = asm;
        this.isa = isa;
        this.program = program;
        this.registers = registers;
    }

    /** Adds the code. */
    void emit(Pass pass) {
        final List<Vec> floats = new ArrayList<>();
        final List<Vec> integers = new ArrayList<>();
        for (int row = 0; row < program.mr(); row++) {
            for (final Op op : pass.row()) {
                switch (op) {
                    case Op.Clamp(Register to, Register from) -> floats.add(inPlace(from, op, to, row));
                    case Op.IntClamp(Register to, Register from) -> integers.add(inPlace(from, op, to, row));
                    case Op.Computing _, Op.Storing _ ->
                        throw new IllegalStateException("in a pass that bounds: " + op);
                }
            }
        }
        boundFloats(floats);
        boundIntegers(integers);
    }

    /** Where the call asks for no bounds the value stays what it is, and where. */
    private Vec inPlace(Register from, Op op, Register to, int row) {
        final Vec before = registers.of(from, row);
        if (!registers.takeOver(from, op, to, row).equals(before)) {
            throw new IllegalArgumentException("register " + from + " is read after it is bounded: " + op);
        }
        return before;
    }

    /**
     * Java's max and min. x86's give the second source where either is NaN or both are zero: min has the value second;
     * for max the bound must be second, since a zero bound is +0, and NaN is put back.
     */
    private void boundFloats(List<Vec> values) {
        if (values.isEmpty()) {
            return;
        }
        final Vec bound = registers.take();
        asm.emit(VBROADCASTSS, bound, mem(ARGUMENTS, NativeArguments.CLAMP_MIN));
        values.forEach(isa == Isa.AVX512 ? value -> maxByMask(value, bound) : maxByVector(bound));
        asm.emit(VBROADCASTSS, bound, mem(ARGUMENTS, NativeArguments.CLAMP_MAX));
        values.forEach(value -> asm.emit(VMINPS, value, bound, value));
        registers.release(bound);
    }

    private void maxByMask(Vec value, Vec bound) {
        asm.emit(VCMPPS, SCRATCH_MASK, value, value, new Imm(ORDERED));
        asm.emit(VMAXPS, value.merging(SCRATCH_MASK), value, bound);
    }

    private Consumer<Vec> maxByVector(Vec bound) {
        final Vec unordered = registers.take(); // all ones, which is a NaN
        registers.release(unordered);
        return value -> {
            asm.emit(VCMPPS, unordered, value, value, new Imm(UNORDERED));
            asm.emit(VMAXPS, value, value, bound);
            asm.emit(VORPS, value, value, unordered);
        };
    }

    private void boundIntegers(List<Vec> values) {
        if (values.isEmpty()) {
            return;
        }
        final Vec lowest = registers.take();
        final Vec highest = registers.take();
        asm.emit(VPBROADCASTD, lowest, mem(ARGUMENTS, NativeArguments.CLAMP_MIN));
        asm.emit(VPBROADCASTD, highest, mem(ARGUMENTS, NativeArguments.CLAMP_MAX));
        values.forEach(value -> {
            asm.emit(VPMAXSD, value, value, lowest);
            asm.emit(VPMINSD, value, value, highest);
        });
        registers.release(lowest);
        registers.release(highest);
    }
}
