package dev.tilesmith.processor.lower.aarch64;

import static dev.tilesmith.processor.asm.aarch64.Op.ADD;
import static dev.tilesmith.processor.asm.aarch64.Op.FMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.FMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.LD1R;
import static dev.tilesmith.processor.asm.aarch64.Op.SMAX;
import static dev.tilesmith.processor.asm.aarch64.Op.SMIN;
import static dev.tilesmith.processor.asm.aarch64.Op.TBZ;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.ARGUMENTS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.FLAGS;
import static dev.tilesmith.processor.lower.aarch64.NeonRegisters.SCRATCH;

import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.RegisterList;
import dev.tilesmith.processor.asm.aarch64.V;
import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Program;
import dev.tilesmith.processor.program.Register;
import java.util.ArrayList;
import java.util.List;

/** A pass that bounds results, in the registers that hold them. */
final class NeonBounds {
    private static final int CLAMP = Integer.numberOfTrailingZeros(NativeArguments.CLAMP);

    private final Assembler asm;
    private final Program program;
    private final NeonEpilogueRegisters registers;

    NeonBounds(Assembler asm, Program program, NeonEpilogueRegisters registers) {
        this.asm = asm;
        this.program = program;
        this.registers = registers;
    }

    /**
     * Bounds floats, if the call asks for it; Java's max and min are Arm's. Bytes have bounds within int8 in the argument block
     * whether or not the call asks for some, so that none is asked for.
     */
    void emit(Pass pass, Label next) {
        final List<V> floats = new ArrayList<>();
        final List<V> integers = new ArrayList<>();
        NeonTileEnd.requireNoLoads(pass);
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
        if (!integers.isEmpty()) {
            if (program.epilogue().dstBytes() != Byte.BYTES) {
                throw new IllegalArgumentException("integers are bounded that are not stored as bytes: " + pass.row());
            }
            bound(integers, NativeArguments.CLAMP_MIN, SMAX);
            bound(integers, NativeArguments.CLAMP_MAX, SMIN);
        }
        if (!floats.isEmpty()) {
            asm.emit(TBZ, FLAGS, new Imm(CLAMP), next);
            bound(floats, NativeArguments.CLAMP_MIN, FMAX);
            bound(floats, NativeArguments.CLAMP_MAX, FMIN);
        }
    }

    /** Where the call asks for no bounds the value stays what it is, and where. */
    private V inPlace(Register from, Op op, Register to, int row) {
        final V before = registers.of(from, row);
        if (!registers.takeOver(from, op, to, row).equals(before)) {
            throw new IllegalArgumentException("register " + from + " is read after it is bounded: " + op);
        }
        return before;
    }

    /** Bounds values by an argument. */
    private void bound(List<V> values, int argument, dev.tilesmith.processor.asm.aarch64.Op op) {
        final V bound = registers.take();
        asm.emit(ADD, SCRATCH, ARGUMENTS, new Imm(argument));
        asm.emit(LD1R, RegisterList.list(bound, 1), Mem.at(SCRATCH));
        values.forEach(value -> asm.emit(op, value, value, bound));
        registers.release(bound);
    }
}
