package dev.tilesmith.conformance;

import static dev.tilesmith.processor.asm.x86.Mem.mem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;
import dev.tilesmith.cpu.Architecture;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.argument.DepthwiseF32Arguments;
import dev.tilesmith.kernel.argument.DepthwiseInt8Arguments;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.argument.PackerArguments;
import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.drive.PlacedCode;
import dev.tilesmith.processor.asm.x86.Assembler;
import dev.tilesmith.processor.asm.x86.Gpr;
import dev.tilesmith.processor.asm.x86.Imm;
import dev.tilesmith.processor.asm.x86.Mode;
import dev.tilesmith.processor.asm.x86.Op;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seen from outside, a kernel keeps the System V convention: rbx, rbp, r12 to r15, the stack pointer and MXCSR are after
 * a call what they were before. A caller in machine code puts canaries there and reports what it finds.
 */
@EnabledIf("onX86")
final class CalleeSavedTest {
    private static final List<Gpr> KEPT = List.of(Gpr.RBX, Gpr.RBP, Gpr.R12, Gpr.R13, Gpr.R14, Gpr.R15);

    /** The bits of MXCSR that a callee preserves; those of what has happened are its own. */
    private static final int CONTROL_BITS = ~0x3f;

    private static final long CANARY = 0x1122_3344_5566_7700L;

    /** The machine code under test is x86's; other architectures have none of it to test. */
    static boolean onX86() {
        return Host.current().cpu().architecture() == Architecture.X86_64;
    }

    static Stream<PlacedCode> kernels() {
        return GeneratedCode.CODE.ofAll(
                F32KernelKernels.table(),
                Int8KernelKernels.table(),
                Int4BlockKernelKernels.table(),
                Int4ChannelKernelKernels.table(),
                PairedMinsKernelKernels.table(),
                PairedInt8KernelKernels.table(),
                Int8StaticKernelKernels.table(),
                Int8SumsKernelKernels.table(),
                Int4StaticKernelKernels.table(),
                TwoBitKernelKernels.table());
    }

    /** {@code f(report, callee, kernel's arguments, operands)}: fills, calls, and stores what it finds into the report. */
    private static NativeFunction caller() throws CodeRefusedException {
        final Assembler asm = new Assembler(Mode.VEX);
        KEPT.forEach(register -> asm.emit(Op.PUSH, register));
        asm.emit(Op.PUSH, Gpr.RDI); // seven pushes and the return address: the stack is aligned for the call
        asm.emit(Op.STMXCSR, mem(Gpr.RDI, 64));
        for (int i = 0; i < KEPT.size(); i++) {
            asm.emit(Op.MOV, KEPT.get(i), new Imm(CANARY + i));
        }
        asm.emit(Op.MOV, Gpr.RAX, Gpr.RSI);
        asm.emit(Op.MOV, Gpr.RDI, Gpr.RDX);
        asm.emit(Op.MOV, Gpr.RSI, Gpr.RCX); // one operand serves as all three
        asm.emit(Op.MOV, Gpr.RDX, Gpr.RCX);
        asm.emit(Op.CALL, Gpr.RAX);
        asm.emit(Op.POP, Gpr.RDI);
        for (int i = 0; i < KEPT.size(); i++) {
            asm.emit(Op.MOV, mem(Gpr.RDI, i * 8), KEPT.get(i));
        }
        asm.emit(Op.STMXCSR, mem(Gpr.RDI, 68));
        KEPT.reversed().forEach(register -> asm.emit(Op.POP, register));
        asm.emit(Op.RET);
        return NativeFunction.place(asm.assemble().bytes(), new SystemCodeMemory());
    }

    private static void assertKeeps(PlacedCode code, MemorySegment arguments, MemorySegment operands)
            throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment report = arena.allocate(128, 64);
            caller().call(report, code.function().code(), arguments, operands);
            assertKept(report);
        }
    }

    private static void assertKept(MemorySegment report) {
        final long[] found = new long[KEPT.size()];
        final long[] expected = new long[KEPT.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = report.get(ValueLayout.JAVA_LONG, i * 8L);
            expected[i] = CANARY + i;
        }
        assertArrayEquals(expected, found, "rbx, rbp, r12 to r15");
        assertEquals(
                report.get(ValueLayout.JAVA_INT, 64) & CONTROL_BITS,
                report.get(ValueLayout.JAVA_INT, 68) & CONTROL_BITS,
                "MXCSR");
    }

    /** A product of {@code rows} rows, two panels and k = 3, whose operands and result are parts of one memory. */
    static MemorySegment arguments(Arena arena, int rows, int nr) {
        final MemorySegment arguments = arena.allocate(1 << 12, 64);
        final long panel = 4L * nr * nr;
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LHS_STRIDE, 12);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.RHS_OFFSET, 1 << 12);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.RHS_STRIDE, panel);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.METADATA_OFFSET, (1 << 12) + 12L * nr);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.DST_OFFSET, 1 << 15);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.DST_STRIDE, 8L * nr);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.STEPS, 3);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.BLOCKS, 2);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.PANELS, 2);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LAST_COLUMNS, nr - 1L);
        arguments.set(ValueLayout.JAVA_INT, NativeArguments.FLAGS, NativeArguments.FINISH | NativeArguments.CLAMP);
        arguments.set(ValueLayout.JAVA_INT, NativeArguments.HEIGHTS, rows);
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void keepsWhatTheCallerOwns(PlacedCode code) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 16, 64);
            for (int rows = 1; rows <= 6; rows++) {
                assertKeeps(code, arguments(arena, rows, 16), operands);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tilesmith.conformance.QuantizerTest#quantizers")
    void aQuantizerKeepsWhatTheCallerOwns(QuantizerTest.Quantizer quantizer) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 16, 64);
            operands.set(ValueLayout.JAVA_FLOAT, (1 << 12) + 8, Float.NaN);
            operands.set(ValueLayout.JAVA_FLOAT, (1 << 12) + 12, 3.3f);
            final MemorySegment arguments = QuantizerTest.arguments(arena, 2, 35, quantizer.elementBytes());
            arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.SOURCE_OFFSET, 1 << 12);
            assertKeeps(quantizer.code(), arguments, operands);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tilesmith.conformance.Int4QuantizerTest#quantizers")
    void aQuantizerForBlocksKeepsWhatTheCallerOwns(PlacedCode quantizer) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 16, 64);
            final MemorySegment arguments = Int4QuantizerTest.arguments(arena, 2, 35, 35);
            arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.SOURCE_OFFSET, 1 << 12);
            assertKeeps(quantizer, arguments, operands);
        }
    }

    static Stream<PlacedCode> depthwise() {
        return Stream.of(GeneratedCode.CODE, GeneratedCode.LINES)
                .flatMap(function -> function.ofAll(DepthwiseStaticInt8KernelKernels.table()));
    }

    /** Two panels, of which the last is part of one, by kernels whose groups have code one after the other, and by others. */
    @ParameterizedTest
    @MethodSource("depthwise")
    void depthwiseCodeKeepsWhatTheCallerOwns(PlacedCode code) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 17, 64);
            for (int rows = 1; rows <= 7; rows++) {
                for (final int lastColumns : List.of(7, 40)) {
                    assertKeeps(code, depthwiseArguments(arena, rows, lastColumns), operands);
                }
            }
        }
    }

    static Stream<PlacedCode> depthwiseOfFloats() {
        return GeneratedCode.CODE.ofAll(DepthwiseF32KernelKernels.table());
    }

    /** Tiles of every height, whose taps are neighbours, and not. */
    @ParameterizedTest
    @MethodSource("depthwiseOfFloats")
    void depthwiseCodeOfFloatsKeepsWhatTheCallerOwns(PlacedCode code) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 17, 64);
            for (int pixels = 1; pixels <= 15; pixels++) {
                assertKeeps(code, argumentsOfRun(arena, operands, pixels, 0), operands);
            }
            for (final int width : new int[] {3, 5, 7}) {
                assertKeeps(code, argumentsOfTile(arena, operands, 1, 1, width), operands);
                assertKeeps(code, argumentsOfTile(arena, operands, 1, 2, width), operands);
                assertKeeps(code, argumentsOfTile(arena, operands, 2, 1, width), operands);
            }
        }
    }

    private static MemorySegment argumentsOfTile(
            Arena arena, MemorySegment operands, int lines, int stride, int width) {
        final MemorySegment arguments = argumentsOfRun(
                arena, operands, lines * DepthwiseF32Arguments.TILE, DepthwiseF32Arguments.rows(lines, stride, width));
        for (int line = 0; line < 4; line++) {
            final long at = DepthwiseF32Arguments.LINES + line * (long) DepthwiseF32Arguments.TAP;
            arguments.set(ValueLayout.JAVA_LONG, at, operands.address() + (1 << 16) + line * 1024L);
            arguments.set(ValueLayout.JAVA_LONG, at + Long.BYTES, 128);
        }
        return arguments;
    }

    private static MemorySegment argumentsOfRun(Arena arena, MemorySegment operands, int pixels, int rows) {
        final int taps = 9;
        final MemorySegment arguments = arena.allocate(DepthwiseF32Arguments.bytes(1, 0, 3, taps), 64);
        final long run = DepthwiseF32Arguments.runs(3);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseF32Arguments.RUNS, run);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseF32Arguments.LINE_STRIDE, 1 << 11);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.RHS_STRIDE, 1 << 13);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.METADATA_OFFSET, 1 << 12);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.DST_OFFSET, 1 << 15);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.DST_STRIDE, 256);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.STEPS, taps);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseF32Arguments.KERNEL_ROWS, 3);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.PANELS, 2);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LAST_COLUMNS, 5);
        arguments.set(ValueLayout.JAVA_INT, NativeArguments.FLAGS, NativeArguments.CLAMP);
        arguments.set(ValueLayout.JAVA_LONG, run + DepthwiseF32Arguments.PIXELS, pixels);
        arguments.set(ValueLayout.JAVA_LONG, run + DepthwiseF32Arguments.ROWS, rows);
        if (rows != 0) {
            return arguments;
        }
        for (int tap = 0; tap < taps; tap++) {
            final long at = run + DepthwiseF32Arguments.RUN + tap * (long) DepthwiseF32Arguments.TAP;
            arguments.set(ValueLayout.JAVA_LONG, at, operands.address() + (1 << 16) + tap * 256L);
            arguments.set(ValueLayout.JAVA_LONG, at + Long.BYTES, 512);
        }
        return arguments;
    }

    private static MemorySegment depthwiseArguments(Arena arena, int rows, int lastColumns) {
        final MemorySegment arguments = arena.allocate(DepthwiseInt8Arguments.bytes(rows), 64);
        final int groupBytes = 64 * DepthwiseInt8Arguments.TAPS;
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.COLUMNS, 1 << 12);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.LINE, 1 << 13);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.GROUPS, 5);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.LINE_PANEL, 5L * groupBytes);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.PANELS, 2);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.LAST_COLUMNS, lastColumns);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.RHS_STRIDE, 1 << 13);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.METADATA, 2L * rows * groupBytes);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.DST_OFFSET, 1 << 15);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.DST_STRIDE, 128);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.KERNEL_ROWS, rows);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.ROW_GROUPS, rows == 3 ? 1 : 2);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.GROUP_STEP, 2L * groupBytes);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.TILE_STEP, groupBytes);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.PAIRS, 2);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.SINGLES, 1);
        arguments.set(ValueLayout.JAVA_LONG, DepthwiseInt8Arguments.SHIFTED, 1 << 16);
        return arguments;
    }

    static Stream<PlacedCode> quantizersOfBlocks() {
        return GeneratedCode.QUANTIZER.ofAll(PairedInt8KernelKernels.table());
    }

    @ParameterizedTest
    @MethodSource("quantizersOfBlocks")
    void aQuantizerOfBlocksKeepsWhatTheCallerOwns(PlacedCode quantizer) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 16, 64);
            final MemorySegment arguments = QuantizerTest.arguments(arena, 2, 64, Short.BYTES);
            arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.SOURCE_OFFSET, 1 << 12);
            assertKeeps(quantizer, arguments, operands);
        }
    }

    static Stream<PlacedCode> packersOfBlocks() {
        return GeneratedCode.PACKER.ofAll(Int4BlockKernelKernels.table(), PairedMinsKernelKernels.table());
    }

    @ParameterizedTest
    @MethodSource("packersOfBlocks")
    void aPackerKeepsWhatTheCallerOwns(PlacedCode packer) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 16, 64);
            final MemorySegment arguments = arena.allocate(1 << 8, 64);
            arguments.set(ValueLayout.JAVA_LONG, PackerArguments.SOURCE_STRIDE, 60);
            arguments.set(ValueLayout.JAVA_LONG, PackerArguments.BLOCKS, 3);
            arguments.set(ValueLayout.JAVA_LONG, PackerArguments.PANEL_OFFSET, 1 << 15);
            assertKeeps(packer, arguments, operands);
        }
    }

    @Test
    void aCalleeThatKeepsNothingIsCaught() throws CodeRefusedException {
        final Assembler asm = new Assembler(Mode.VEX);
        asm.emit(Op.XOR, Gpr.R13.as(32), Gpr.R13.as(32));
        asm.emit(Op.RET);
        final NativeFunction careless = NativeFunction.place(asm.assemble().bytes(), new SystemCodeMemory());
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment report = arena.allocate(128, 64);
            caller().call(report, careless.code(), report, report);
            assertNotEquals(CANARY + 3, report.get(ValueLayout.JAVA_LONG, 24));
        }
    }
}
