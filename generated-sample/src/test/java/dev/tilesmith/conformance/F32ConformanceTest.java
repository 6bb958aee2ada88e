package dev.tilesmith.conformance;

import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Variant;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** f32: every variant that runs here against the reference. */
final class F32ConformanceTest {
    private static final float NONE_LOW = Float.NEGATIVE_INFINITY;
    private static final float NONE_HIGH = Float.POSITIVE_INFINITY;

    private final GuardedMemory guarded = new GuardedMemory();

    /** m, n, k: nothing, ones, a tile and its neighbours, primes, K over one and two blocks. */
    private static final List<int[]> SHAPES = List.of(
            new int[] {0, 5, 7},
            new int[] {3, 0, 7},
            new int[] {3, 5, 0},
            new int[] {1, 1, 1},
            new int[] {1, 32, 64},
            new int[] {2, 31, 5},
            new int[] {5, 33, 17},
            new int[] {11, 47, 13},
            new int[] {12, 48, 31},
            new int[] {13, 49, 33},
            new int[] {14, 64, 16},
            new int[] {15, 65, 1},
            new int[] {29, 97, 61},
            new int[] {3, 37, 511},
            new int[] {4, 17, 512},
            new int[] {6, 35, 513},
            new int[] {7, 18, 1200},
            new int[] {171, 7, 19});

    /** Of {@link #SHAPES}, nothing, a tile and its neighbours, primes, K over two blocks, and many rows. */
    private static List<int[]> shapes() {
        return Shapes.of(SHAPES, 0, 2, 5, 9, 15, 17);
    }

    static Stream<DispatchTable<?>> tables() {
        return Stream.of(F32KernelKernels.table(), F32BareKernelKernels.table(), F32TiledKernelKernels.table());
    }

    /** Every variant that runs here; its kernel has the shorter tiles of its family besides. */
    static Stream<MatMulKernel> kernels() {
        return tables().flatMap(table -> Families.of(table)
                .flatMap(family -> family.family().variants().stream())
                .map(Variant::name)
                .map(table::kernel));
    }

    static Stream<MatMulKernel> families() {
        return tables().flatMap(Families::of);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesTheBitsOfTheReferenceOnEveryShape(MatMulKernel kernel) {
        for (final int[] shape : shapes()) {
            for (final Samples samples : Samples.values()) {
                check(kernel, shape[0], shape[1], shape[2], samples);
            }
        }
    }

    private void check(MatMulKernel kernel, int m, int n, int k, Samples samples) {
        final float[] lhs = samples.take(m * k, 1);
        final Weights weights = weights(kernel, samples.take(n * k, 2), n, k, samples);
        final float[] expected = F32Reference.multiply(Matrix.of(lhs, m, k), weights, NONE_LOW, NONE_HIGH);
        final String what = kernel.family().variants().getLast() + " " + m + " x " + n + " x " + k + " " + samples;
        final float[] onHeap = new float[m * n];
        kernel.run(m, lhs, kernel.packRhs(weights), onHeap);
        Bits.assertEqual(expected, onHeap, n, what + " on the heap");
        for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
            Bits.assertEqual(expected, runGuarded(kernel, lhs, weights, m, side), n, what + " guarded " + side);
        }
    }

    private static Weights weights(MatMulKernel kernel, float[] values, int n, int k, Samples samples) {
        final Weights weights = Weights.nByK(Matrix.of(values, n, k));
        return kernel.family().layout().bias() && k % 2 == 1 ? weights.withBias(samples.take(n, 3)) : weights;
    }

    private float[] runGuarded(MatMulKernel kernel, float[] lhs, Weights weights, int m, GuardedMemory.Side side) {
        final int n = weights.n();
        final int k = weights.k();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = guarded.allocate(4L * m * k, side, arena);
            from.copyFrom(MemorySegment.ofArray(lhs));
            final PackedRhs packed = kernel.packRhs(weights, arena);
            final MemorySegment panels = guarded.allocate(packed.data().byteSize(), side, arena);
            panels.copyFrom(packed.data());
            final MemorySegment to = guarded.allocate(4L * m * n, side, arena);
            kernel.run(m, from, new PackedRhs(packed.layout(), n, k, panels), to);
            return to.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsResultsAsJavaDoes(MatMulKernel kernel) {
        final int m = 9;
        final int n = 37;
        final int k = 3;
        final float[][] bounds = {{-0f, 6f}, {0f, 0f}, {-1f, -0f}, {NONE_LOW, 1f}, {-1e-40f, NONE_HIGH}};
        final float[] lhs = Samples.AWKWARD.take(m * k, 4);
        final Weights weights = Weights.nByK(Matrix.of(Samples.AWKWARD.take(n * k, 5), n, k));
        for (final float[] bound : bounds) {
            final RunOptions options = RunOptions.DEFAULT.clamp(bound[0], bound[1]);
            final float[] actual = new float[m * n];
            final PackedRhs packed = kernel.packRhs(weights);
            if (kernel.family().target() != null && isBare(kernel)) {
                Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), options));
                continue;
            }
            kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), options);
            final float[] expected = F32Reference.multiply(Matrix.of(lhs, m, k), weights, bound[0], bound[1]);
            Bits.assertEqual(expected, actual, n, kernel + " within " + Arrays.toString(bound));
        }
    }

    private static boolean isBare(MatMulKernel kernel) {
        return kernel instanceof F32BareKernel;
    }

    @ParameterizedTest
    @MethodSource("families")
    void computesAnyPortionAndLeavesTheRestAlone(MatMulKernel kernel) {
        final int m = 17;
        final int n = 70;
        final int k = 23;
        final int stride = 83;
        final float[] lhs = Samples.ORDINARY.take(m * 31, 6);
        final Matrix strided = Matrix.of(lhs, 2, m, k, 29);
        final Weights weights = Weights.kByN(Matrix.of(Samples.ORDINARY.take(n * k, 7), k, n));
        final PackedRhs packed = kernel.packRhs(weights);
        final float[] all = F32Reference.multiply(strided, weights, NONE_LOW, NONE_HIGH);
        final int[][] portions = {
            {0, 17, 0, 70}, {3, 5, 0, 70}, {0, 17, 33, 4}, {16, 1, 69, 1}, {2, 9, 31, 34}, {4, 0, 0, 9}
        };
        for (final int[] portion : portions) {
            final float[] actual = new float[m * stride];
            Arrays.fill(actual, 7f);
            kernel.run(
                    strided,
                    packed,
                    Matrix.of(actual, 0, m, n, stride),
                    RunOptions.DEFAULT.rows(portion[0], portion[1]).columns(portion[2], portion[3]));
            Bits.assertEqual(
                    inPortion(all, portion, m, n, stride), actual, stride, kernel + " " + Arrays.toString(portion));
        }
    }

    private static float[] inPortion(float[] all, int[] portion, int m, int n, int stride) {
        final float[] expected = new float[m * stride];
        Arrays.fill(expected, 7f);
        for (int i = portion[0]; i < portion[0] + portion[1]; i++) {
            System.arraycopy(all, i * n + portion[2], expected, i * stride + portion[2], portion[3]);
        }
        return expected;
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheSameBitsOnAnyNumberOfThreads(MatMulKernel kernel) {
        final int m = 65; // enough work for every thread to be worth its waking
        final int n = 301;
        final int k = 140;
        final float[] lhs = Samples.ORDINARY.take(m * k, 8);
        final Weights weights = Weights.nByK(Matrix.of(Samples.ORDINARY.take(n * k, 9), n, k));
        final float[] expected = F32Reference.multiply(Matrix.of(lhs, m, k), weights, NONE_LOW, NONE_HIGH);
        final PackedRhs packed = kernel.packRhs(weights);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (final int threads : Shapes.FEW ? new int[] {3} : new int[] {1, 2, 3, 4, 5}) {
                final float[] actual = new float[m * n];
                kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), RunOptions.DEFAULT.on(pool, threads));
                Bits.assertEqual(expected, actual, n, kernel + " on " + threads + " threads");
            }
        }
    }

    @Test
    void aWrongBitIsSeen() {
        final float[] expected = {1f, 2f, Float.NaN};
        final float[] wrong = {1f, Math.nextUp(2f), Float.NaN};
        Assertions.assertThrows(AssertionError.class, () -> Bits.assertEqual(expected, wrong, 3, "probe"));
        Bits.assertEqual(expected, new float[] {1f, 2f, Float.intBitsToFloat(0x7fc12345)}, 3, "probe");
    }

    @Test
    void theScalarFamilyRunsEverywhere() {
        final Predicate<MatMulKernel> scalar = kernel -> kernel.family().target() == dev.tilesmith.spec.Target.SCALAR;
        Assertions.assertTrue(F32KernelKernels.table().usable().stream().anyMatch(scalar));
    }
}
