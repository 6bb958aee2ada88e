package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.code.CodeRefusedException;
import dev.tilesmith.cpu.Host;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.NativeArguments;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.PlacedCode;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code for SME, at the length of streaming vectors that the emulated CPU was given: runs on Arm JVMs, in executions of
 * their own, one for each length. {@link ArmTargetsCheck} asserts where there are such families at all.
 */
final class ArmStreamingCheck {
    private static final String LENGTH = "sme-default-vector-length=";
    private static final float NONE_LOW = Float.NEGATIVE_INFINITY;
    private static final float NONE_HIGH = Float.POSITIVE_INFINITY;
    private static final int NR = 64;

    /** Steps around those that are taken together. */
    private static final int[] DEPTHS = {0, 1, 4, 7, 18};

    private final GuardedMemory guarded = new GuardedMemory();
    private final int bits = Host.current().cpu().streamingVectorBits();

    private static Stream<MatMulKernel> kernels() {
        return Stream.<DispatchTable<?>>of(F32KernelKernels.table(), Int8KernelKernels.table())
                .flatMap(table -> table.usable().stream())
                .map(MatMulKernel.class::cast)
                .filter(kernel -> streams(kernel.family().target()));
    }

    /** Those of int8 that is quantized before. */
    private static Stream<MatMulKernel> staticKernels() {
        return Stream.<DispatchTable<?>>of(Int8StaticKernelKernels.table(), Int8SumsKernelKernels.table())
                .flatMap(table -> table.usable().stream())
                .map(MatMulKernel.class::cast)
                .filter(kernel -> streams(kernel.family().target()));
    }

    private static boolean streams(Target target) {
        return target == Target.SME || target == Target.SME2;
    }

    private static PlacedCode code(MatMulKernel kernel) {
        final boolean sme2 = kernel.family().target() == Target.SME2;
        return switch (kernel.family().lhs()) {
            case F32 -> sme2 ? F32Kernel_Sme2.CODE : F32Kernel_Sme.CODE;
            case QAI8DX -> sme2 ? Int8Kernel_Sme2.CODE : Int8Kernel_Sme.CODE;
            default ->
                kernel.family().dst() == Format.QAI8
                        ? sme2 ? Int8StaticKernel_Sme2.CODE : Int8StaticKernel_Sme.CODE
                        : sme2 ? Int8SumsKernel_Sme2.CODE : Int8SumsKernel_Sme.CODE;
        };
    }

    @Test
    void thisIsTheLengthThatWasAskedFor() {
        final String cpu = System.getenv("ARM_CPU");
        final int at = cpu.indexOf(LENGTH);
        final int expected = at < 0 ? bits : Integer.parseInt(cpu.substring(at + LENGTH.length())) * Byte.SIZE;
        assertEquals(expected, bits);
    }

    /** Rows and columns around one, two and four vectors, and around a group and a panel. */
    @Test
    void givesTheBitsOfTheReferenceAroundVectors() {
        kernels().forEach(kernel -> {
            for (final int m : rowsAroundVectors()) {
                for (final int n : columnsAroundVectors()) {
                    final int k = DEPTHS[(m + n) % DEPTHS.length];
                    check(kernel, m, n, k, (m + n) % 2 == 0 ? Samples.ORDINARY : Samples.AWKWARD);
                }
            }
        });
    }

    private int[] rowsAroundVectors() {
        final int lanes = bits / Integer.SIZE;
        return IntStream.of(1, lanes - 1, lanes, lanes + 1, 2 * lanes + 1, 32, 33)
                .filter(size -> size > 0 && size <= 40)
                .distinct()
                .toArray();
    }

    private int[] columnsAroundVectors() {
        return IntStream.concat(IntStream.of(rowsAroundVectors()), IntStream.of(63, 64, 65))
                .toArray();
    }

    /** Sums, and int8 made of them, of operands that were quantized before. */
    @Test
    void givesTheIntegersOfTheReferenceAroundVectors() {
        staticKernels().forEach(kernel -> {
            for (final int m : rowsAroundVectors()) {
                for (final int n : columnsAroundVectors()) {
                    checkIntegers(kernel, m, n, DEPTHS[(m + n) % DEPTHS.length]);
                }
            }
        });
    }

    private static void checkIntegers(MatMulKernel kernel, int m, int n, int k) {
        final SplittableRandom random = new SplittableRandom(m * 100L + n);
        final byte[] values = new byte[m * k];
        random.nextBytes(values);
        final Matrix lhs = Matrix.of(values, m, k);
        final byte[] columns = new byte[n * k];
        random.nextBytes(columns);
        final Weights weights = Weights.nByK(Matrix.of(columns, n, k))
                .withIntBias(random.ints(n, -9000, 9000).toArray());
        final String what = kernel + " " + m + " x " + n + " x " + k;
        if (kernel.family().dst() == Format.I32) {
            final Weights exact = weights.requantized(Requantization.ofSums(-3));
            final int[] dst = new int[m * n];
            kernel.run(lhs, kernel.packRhs(exact), Matrix.of(dst, m, n));
            assertArrayEquals(StaticInt8Reference.sums(lhs, exact), dst, what);
            return;
        }
        final Weights scaled = weights.withScales(0.5f).requantized(new Requantization(0.7f, -3, 50f, 11));
        final byte[] dst = new byte[m * n];
        kernel.run(lhs, kernel.packRhs(scaled), Matrix.of(dst, m, n));
        assertArrayEquals(StaticInt8Reference.multiply(lhs, scaled, Byte.MIN_VALUE, Byte.MAX_VALUE), dst, what);
    }

    private void check(MatMulKernel kernel, int m, int n, int k, Samples samples) {
        final boolean int8 = kernel.family().lhs() != Format.F32;
        final float[] lhs = samples.take(m * k, 1);
        final Weights weights = weights(int8, n, k, samples).withBias(samples.take(n, 3));
        for (final float low : new float[] {NONE_LOW, -0.5f}) {
            final float high = low == NONE_LOW ? NONE_HIGH : 0.75f;
            final Matrix left = Matrix.of(lhs, m, k);
            final float[] expected = int8
                    ? Int8Reference.multiply(left, weights, low, high)
                    : F32Reference.multiply(left, weights, low, high);
            for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
                final RunOptions options = low == NONE_LOW ? RunOptions.DEFAULT : RunOptions.DEFAULT.clamp(low, high);
                Bits.assertEqual(
                        expected,
                        run(kernel, lhs, m, weights, options, side),
                        n,
                        kernel + " " + m + " x " + n + " x " + k + " from " + low + " guarded " + side);
            }
        }
    }

    private static Weights weights(boolean int8, int n, int k, Samples samples) {
        if (!int8) {
            return Weights.nByK(Matrix.of(samples.take(n * k, 2), n, k));
        }
        final byte[] values = new byte[n * k];
        new SplittableRandom(2).nextBytes(values);
        return Weights.nByK(Matrix.of(values, n, k)).withScales(samples.take(n, 4));
    }

    private float[] run(
            MatMulKernel kernel, float[] lhs, int m, Weights weights, RunOptions options, GuardedMemory.Side side) {
        final int n = weights.n();
        final int k = weights.k();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = guarded.allocate(4L * m * k, side, arena);
            from.copyFrom(MemorySegment.ofArray(lhs));
            final PackedRhs packed = kernel.packRhs(weights, arena);
            final MemorySegment panels = guarded.allocate(packed.data().byteSize(), side, arena);
            panels.copyFrom(packed.data());
            final MemorySegment to = guarded.allocate(4L * m * n, side, arena);
            kernel.run(
                    Matrix.of(from, m, k), new PackedRhs(packed.layout(), n, k, panels), Matrix.of(to, m, n), options);
            return to.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        }
    }

    /** Blocks of K go on from what the result holds: in outer products of many rows and of few, and in one row. */
    @Test
    void continuesSumsOfEarlierBlocks() {
        final int l2 = Host.current().cpu().caches().l2();
        kernels().filter(kernel -> kernel.family().lhs() == Format.F32).forEach(kernel -> {
            for (final int m : new int[] {1, 3, 37}) {
                check(kernel, m, 5, l2 / Float.BYTES / m + 3, Samples.ORDINARY);
            }
        });
    }

    /** A product that the code at {@code kernel} can be called for directly. */
    private static MemorySegment arguments(Arena arena, int rows) {
        final MemorySegment arguments = CalleeSavedTest.arguments(arena, rows, NR);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.LHS_OFFSET, 0);
        final MemorySegment packed = arena.allocate(rows * 3L * Float.BYTES, 64);
        arguments.set(ValueLayout.JAVA_LONG, NativeArguments.PACKED_LHS, packed.address());
        return arguments;
    }

    @Test
    void leavesStreamingModeAndZaOff() throws CodeRefusedException {
        for (final MatMulKernel kernel :
                Stream.concat(kernels(), staticKernels()).toList()) {
            for (final int rows : new int[] {1, 5, 32}) {
                try (Arena arena = Arena.ofConfined()) {
                    final ArmStreamingCaller.Left left = new ArmStreamingCaller()
                            .call(code(kernel).function(), arguments(arena, rows), arena.allocate(1 << 17, 64));
                    assertEquals(new ArmStreamingCaller.Left(0, 0), left, kernel + " of " + rows + " rows");
                }
            }
        }
    }

    @Test
    void savesWhatACallerHasLeftInZa() throws CodeRefusedException {
        final int vector = bits / Byte.SIZE;
        final byte[] content = new byte[vector * vector];
        new SplittableRandom(7).nextBytes(content);
        for (final MatMulKernel kernel : kernels().toList()) {
            for (final int slices : List.of(0, 1, vector)) {
                assertArrayEquals(
                        expected(content, slices * vector), saved(kernel, content, slices), kernel + " " + slices);
            }
        }
    }

    private static byte[] expected(byte[] content, int length) {
        final byte[] expected = new byte[content.length];
        System.arraycopy(content, 0, expected, 0, length);
        return expected;
    }

    /** What lies where the block of a lazy save points to, after a call. */
    private static byte[] saved(MatMulKernel kernel, byte[] content, int slices) throws CodeRefusedException {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment buffer = arena.allocate(content.length, 16);
            final MemorySegment block = arena.allocate(16, 16);
            block.set(ValueLayout.ADDRESS, 0, buffer);
            block.set(ValueLayout.JAVA_SHORT, 8, (short) slices);
            final MemorySegment inZa = arena.allocate(content.length, 16);
            inZa.copyFrom(MemorySegment.ofArray(content));
            final ArmStreamingCaller.Left left = new ArmStreamingCaller()
                    .call(code(kernel).function(), arguments(arena, 5), arena.allocate(1 << 17, 64), inZa, block);
            assertEquals(new ArmStreamingCaller.Left(0, 0), left, kernel + " of a caller with " + slices + " slices");
            return buffer.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
