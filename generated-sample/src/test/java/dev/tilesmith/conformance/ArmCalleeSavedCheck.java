package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.code.NativeFunction;
import dev.tilesmith.code.SystemCodeMemory;
import dev.tilesmith.kernel.argument.NativeArguments;
import dev.tilesmith.kernel.argument.QuantizerArguments;
import dev.tilesmith.kernel.drive.PlacedCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What machine code for 64-bit Arm must keep is watched: runs on Arm JVMs, in executions of their own. */
final class ArmCalleeSavedCheck {
    private static final int RET = 0xd65f03c0;

    /**
     * Instructions that each change one register.
     *
     * @param register the name
     * @param word the instruction
     */
    record Disturbance(String register, int word) {
        @Override
        public String toString() {
            return register;
        }
    }

    /** {@code mov xN, xzr} and {@code fmov dN, xzr}. */
    static Stream<Disturbance> disturbances() {
        return Stream.of(
                        IntStream.rangeClosed(19, 29).mapToObj(i -> new Disturbance("x" + i, 0xaa1f03e0 | i)),
                        IntStream.rangeClosed(8, 15).mapToObj(i -> new Disturbance("d" + i, 0x9e6703e0 | i)))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("disturbances")
    void aCalleeThatLosesARegisterIsCaught(Disturbance disturbance) throws CodeRefusedException {
        assertEquals(List.of(disturbance.register()), lost(disturbance.word(), RET));
    }

    @Test
    void aCalleeThatChangesRoundingIsCaught() throws CodeRefusedException {
        final int roundTowardsZero = 0xd2a01800; // mov x0, 0xc00000
        final int setFpcr = 0xd51b4400; // msr fpcr, x0
        assertEquals(List.of("fpcr"), lost(roundTowardsZero, setFpcr, RET));
    }

    @Test
    void aCalleeThatKeepsAllIsFoundToKeepAll() throws CodeRefusedException {
        assertEquals(List.of(), lost(RET));
    }

    static Stream<PlacedCode> kernels() {
        return GeneratedCode.CODE.ofAll(
                F32KernelKernels.table(),
                Bf16FastKernelKernels.table(),
                Int8KernelKernels.table(),
                Int8StaticKernelKernels.table(),
                Int8SumsKernelKernels.table(),
                Int4BlockKernelKernels.table(),
                Int4ChannelKernelKernels.table(),
                Int4StaticKernelKernels.table(),
                TwoBitKernelKernels.table(),
                PairedInt4KernelKernels.table(),
                PairedMinsKernelKernels.table(),
                PairedInt8KernelKernels.table());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aKernelKeepsWhatTheCallerOwns(PlacedCode code) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 17, 64);
            final MemorySegment packed = arena.allocate(1 << 13, 64);
            for (int rows = 1; rows <= 6; rows++) {
                final MemorySegment arguments = CalleeSavedTest.arguments(arena, rows, 16);
                arguments.set(ValueLayout.JAVA_LONG, NativeArguments.PACKED_LHS, packed.address());
                arguments.set(ValueLayout.JAVA_LONG, NativeArguments.DECODED, packed.address());
                assertEquals(List.of(), new ArmCanaryCaller().lost(code.function(), arguments, operands));
                final int flags = arguments.get(ValueLayout.JAVA_INT, NativeArguments.FLAGS);
                arguments.set(ValueLayout.JAVA_INT, NativeArguments.FLAGS, flags | NativeArguments.DECODE);
                assertEquals(List.of(), new ArmCanaryCaller().lost(code.function(), arguments, operands));
            }
        }
    }

    static Stream<PlacedCode> quantizersOfBlocks() {
        return Stream.of(
                PairedMinsKernel_NeonDotprod.QUANTIZER,
                PairedInt8Kernel_NeonDotprod.QUANTIZER,
                PairedInt4Kernel_NeonI8mm.QUANTIZER,
                PairedMinsKernel_NeonI8mm.QUANTIZER,
                PairedInt4Kernel_Sme.QUANTIZER,
                PairedMinsKernel_Sme.QUANTIZER,
                PairedInt8Kernel_Sme.QUANTIZER);
    }

    @ParameterizedTest
    @MethodSource("quantizersOfBlocks")
    void aQuantizerOfBlocksKeepsWhatTheCallerOwns(PlacedCode quantizer) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment operands = arena.allocate(1 << 16, 64);
            final MemorySegment arguments = QuantizerTest.arguments(arena, 2, 64, Byte.BYTES);
            arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.SOURCE_OFFSET, 1 << 12);
            arguments.set(ValueLayout.JAVA_LONG, QuantizerArguments.GROUP_ROWS, 2);
            assertEquals(List.of(), new ArmCanaryCaller().lost(quantizer.function(), arguments, operands));
        }
    }

    private static List<String> lost(int... callee) throws CodeRefusedException {
        return new ArmCanaryCaller()
                .lost(
                        NativeFunction.place(ArmCanaryCaller.bytes(callee), new SystemCodeMemory()),
                        MemorySegment.NULL,
                        MemorySegment.NULL);
    }
}
