package dev.tilesmith.conformance;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;
import dev.tilesmith.processor.asm.aarch64.Assembler;
import dev.tilesmith.processor.asm.aarch64.Gpr;
import dev.tilesmith.processor.asm.aarch64.Imm;
import dev.tilesmith.processor.asm.aarch64.Label;
import dev.tilesmith.processor.asm.aarch64.Mem;
import dev.tilesmith.processor.asm.aarch64.Op;
import dev.tilesmith.processor.asm.aarch64.SystemRegister;
import dev.tilesmith.processor.asm.aarch64.Word;
import dev.tilesmith.processor.asm.aarch64.ZaVectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Calls machine code for SME and looks at what it leaves of streaming mode and ZA. */
final class ArmStreamingCaller {
    private static final int SVCR = 0;
    private static final int TPIDR2 = 8;
    private static final int BLOCK = 16;
    private static final int CONTENT = 24;

    private final NativeFunction caller;

    /**
     * What is found after a call.
     *
     * @param svcr the bits of streaming mode and of ZA
     * @param tpidr2 the pointer to the block of a lazy save
     */
    record Left(long svcr, long tpidr2) {}

    ArmStreamingCaller() throws CodeRefusedException {
        caller = NativeFunction.place(code(), new SystemCodeMemory());
    }

    /** {@code f(report, callee, arguments, operand)}. */
    private static byte[] code() {
        final Gpr report = Gpr.x(0);
        final Gpr bytes = Gpr.x(10);
        final Gpr slice = Gpr.x(12);
        final Gpr scratch = Gpr.x(9);
        final Label fill = new Label("fill");
        final Label call = new Label("call");
        final Assembler asm = new Assembler();
        asm.emit(Op.STP, Gpr.x(29), Gpr.x(30), Mem.before(Gpr.SP, -32));
        asm.emit(Op.STR, report, Mem.at(Gpr.SP, 16));
        asm.emit(Op.LDR, scratch, Mem.at(report, CONTENT));
        asm.emit(Op.CBZ, scratch, call);
        asm.emit(Op.SMSTART, Word.ZA);
        asm.emit(Op.RDSVL, bytes, new Imm(1));
        asm.emit(Op.MOV, slice, new Imm(0));
        asm.bind(fill);
        asm.emit(Op.LDR, ZaVectors.za(slice.w(), 0), Mem.at(scratch));
        asm.emit(Op.ADD, scratch, scratch, bytes);
        asm.emit(Op.ADD, slice, slice, new Imm(1));
        asm.emit(Op.CMP, slice, bytes);
        asm.emit(Op.B_NE, fill);
        asm.emit(Op.LDR, scratch, Mem.at(report, BLOCK));
        asm.emit(Op.MSR, SystemRegister.TPIDR2_EL0, scratch);
        asm.bind(call);
        asm.emit(Op.MOV, scratch, Gpr.x(1));
        asm.emit(Op.MOV, Gpr.x(0), Gpr.x(2));
        asm.emit(Op.MOV, Gpr.x(1), Gpr.x(3));
        asm.emit(Op.MOV, Gpr.x(2), Gpr.x(3));
        asm.emit(Op.BLR, scratch);
        asm.emit(Op.LDR, report, Mem.at(Gpr.SP, 16));
        asm.emit(Op.MRS, scratch, SystemRegister.SVCR);
        asm.emit(Op.STR, scratch, Mem.at(report, SVCR));
        asm.emit(Op.MRS, scratch, SystemRegister.TPIDR2_EL0);
        asm.emit(Op.STR, scratch, Mem.at(report, TPIDR2));
        asm.emit(Op.MSR, SystemRegister.TPIDR2_EL0, Gpr.XZR);
        asm.emit(Op.SMSTOP);
        asm.emit(Op.LDP, Gpr.x(29), Gpr.x(30), Mem.after(Gpr.SP, 32));
        asm.emit(Op.RET);
        return asm.assemble().bytes();
    }

    /** Calls with ZA off. */
    Left call(NativeFunction callee, MemorySegment arguments, MemorySegment operand) {
        return call(callee, arguments, operand, MemorySegment.NULL, MemorySegment.NULL);
    }

    /** Calls with {@code content} in ZA, and {@code block} saying where it is to be saved. */
    Left call(
            NativeFunction callee,
            MemorySegment arguments,
            MemorySegment operand,
            MemorySegment content,
            MemorySegment block) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment report = arena.allocate(32, 8);
            report.set(ValueLayout.JAVA_LONG, BLOCK, block.address());
            report.set(ValueLayout.JAVA_LONG, CONTENT, content.address());
            caller.call(report, callee.code(), arguments, operand);
            return new Left(report.get(ValueLayout.JAVA_LONG, SVCR), report.get(ValueLayout.JAVA_LONG, TPIDR2));
        }
    }
}
