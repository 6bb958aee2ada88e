package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Variant;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** int8 with a static left operand, to int8 and to sums: every variant that runs here against the reference. */
final class StaticInt8ConformanceTest {
    private static final int MAX_K = 65_793;

    /** m, n, k: nothing, ones, a tile and its neighbours, primes, K around steps, vectors and blocks. */
    private static final List<int[]> SHAPES = List.of(
            new int[] {0, 5, 7},
            new int[] {3, 0, 7},
            new int[] {3, 5, 0},
            new int[] {1, 1, 1},
            new int[] {1, 32, 64},
            new int[] {2, 31, 5},
            new int[] {3, 8, 2},
            new int[] {5, 33, 17},
            new int[] {11, 47, 13},
            new int[] {12, 48, 31},
            new int[] {13, 49, 33},
            new int[] {14, 64, 16},
            new int[] {15, 65, 3},
            new int[] {29, 97, 61},
            new int[] {4, 17, 512},
            new int[] {6, 35, 513},
            new int[] {2, 9, 4096},
            new int[] {171, 7, 19});

    private final GuardedMemory guarded = new GuardedMemory();

    static Stream<DispatchTable<?>> tables() {
        return Stream.of(
                Int8StaticKernelKernels.table(), Int8StaticTiledKernelKernels.table(), Int8SumsKernelKernels.table());
    }

    static Stream<MatMulKernel> kernels() {
        return tables().flatMap(table -> Families.of(table)
                .flatMap(family -> family.family().variants().stream())
                .map(Variant::name)
                .map(table::kernel));
    }

    static Stream<MatMulKernel> families() {
        return tables().flatMap(Families::of);
    }

    private static boolean toInts(MatMulKernel kernel) {
        return kernel.family().dst() == Format.I32;
    }

    private static byte[] bytes(int count, long seed) {
        final byte[] values = new byte[count];
        new SplittableRandom(seed).nextBytes(values);
        return values;
    }

    /** Weights of all bytes; scales such that results fill int8 and leave it; each kind of scale, bias and zero point. */
    private static Weights weights(MatMulKernel kernel, int n, int k, int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        Weights weights = Weights.nByK(Matrix.of(bytes(n * k, seed), n, k));
        if (kernel.family().layout().bias() && seed % 2 == 0) {
            weights = weights.withIntBias(random.ints(n, -9000, 9000).toArray());
        }
        final int lhsZeroPoint = random.nextInt(-128, 128);
        if (toInts(kernel)) {
            return seed % 3 == 0 ? weights : weights.requantized(Requantization.ofSums(lhsZeroPoint));
        }
        final float[] scales = new float[seed % 3 == 0 ? 1 : n];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = (float) random.nextDouble(0.001, 2);
        }
        final float dstScale = (float) (1 + Math.sqrt(k) * 30);
        return weights.withScales(scales)
                .requantized(new Requantization(0.7f, lhsZeroPoint, dstScale, random.nextInt(-128, 128)));
    }

    private static int[] expected(MatMulKernel kernel, Matrix lhs, Weights weights) {
        return expected(kernel, lhs, weights, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    private static int[] expected(MatMulKernel kernel, Matrix lhs, Weights weights, int min, int max) {
        return toInts(kernel)
                ? StaticInt8Reference.sums(lhs, weights)
                : ints(StaticInt8Reference.multiply(lhs, weights, min, max));
    }

    private static int[] ints(byte[] values) {
        final int[] ints = new int[values.length];
        Arrays.setAll(ints, i -> values[i]);
        return ints;
    }

    /** Multiplies with the result in an array, of rows {@code stride} apart, filled with 7 before. */
    private static int[] onHeap(MatMulKernel kernel, Matrix lhs, PackedRhs packed, int stride, RunOptions options) {
        final int m = lhs.rows();
        if (toInts(kernel)) {
            final int[] dst = new int[m * stride];
            Arrays.fill(dst, 7);
            kernel.run(lhs, packed, Matrix.of(dst, 0, m, packed.n(), stride), options);
            return dst;
        }
        final byte[] dst = new byte[m * stride];
        Arrays.fill(dst, (byte) 7);
        kernel.run(lhs, packed, Matrix.of(dst, 0, m, packed.n(), stride), options);
        return ints(dst);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesTheIntegersOfTheReferenceOnEveryShape(MatMulKernel kernel) {
        final List<int[]> shapes = Shapes.of(SHAPES, 0, 2, 5, 7, 11, 12);
        for (int seed = 0; seed < shapes.size(); seed++) {
            final int[] shape = shapes.get(seed);
            final Matrix lhs = Matrix.of(bytes(shape[0] * shape[2], seed + 99), shape[0], shape[2]);
            final Weights weights = weights(kernel, shape[1], shape[2], seed);
            final int[] expected = expected(kernel, lhs, weights);
            final String what = kernel.family().variants().getLast() + " " + Arrays.toString(shape);
            final PackedRhs packed = kernel.packRhs(weights);
            assertArrayEquals(expected, onHeap(kernel, lhs, packed, shape[1], RunOptions.DEFAULT), what);
            for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
                assertArrayEquals(expected, runGuarded(kernel, lhs, packed, side), what + " guarded " + side);
            }
        }
    }

    private int[] runGuarded(MatMulKernel kernel, Matrix lhs, PackedRhs packed, GuardedMemory.Side side) {
        final int m = lhs.rows();
        final int n = packed.n();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment from = guarded.allocate((long) m * packed.k(), side, arena);
            from.copyFrom(MemorySegment.ofArray(((Matrix.Bytes) lhs).data()));
            final MemorySegment panels = guarded.allocate(packed.data().byteSize(), side, arena);
            panels.copyFrom(packed.data());
            final PackedRhs rhs = new PackedRhs(packed.layout(), n, packed.k(), panels);
            final Matrix rows = Matrix.ofBytes(from, m, packed.k());
            if (toInts(kernel)) {
                final MemorySegment to = guarded.allocate(4L * m * n, side, arena);
                kernel.run(rows, rhs, Matrix.of(to, m, n));
                return to.toArray(ValueLayout.JAVA_INT_UNALIGNED);
            }
            final MemorySegment to = guarded.allocate((long) m * n, side, arena);
            kernel.run(rows, rhs, Matrix.ofBytes(to, m, n));
            return ints(to.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** All 2^16 pairs of a value and a weight, -128 times -128 among them, each scaled on to ties, beside them and out of int8. */
    @ParameterizedTest
    @MethodSource("families")
    void everyPairOfBytesIsMultipliedAndRoundedAlike(MatMulKernel kernel) {
        final byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) (i - 128);
        }
        final Matrix lhs = Matrix.of(all, 256, 1);
        final Weights plain = Weights.nByK(Matrix.of(all, 256, 1));
        for (final int zeroPoint : new int[] {-128, 0, 127}) {
            if (toInts(kernel)) {
                final Weights weights = plain.requantized(Requantization.ofSums(zeroPoint));
                assertArrayEquals(
                        expected(kernel, lhs, weights),
                        onHeap(kernel, lhs, kernel.packRhs(weights), 256, RunOptions.DEFAULT),
                        kernel.toString());
                continue;
            }
            for (final float multiplier : new float[] {0.5f, 0.25f, 0.1f, 1e-30f, 1f, 1e6f, 3e38f}) {
                final Weights weights =
                        plain.withScales(multiplier).requantized(new Requantization(1f, zeroPoint, 1f, -zeroPoint / 2));
                assertArrayEquals(
                        expected(kernel, lhs, weights),
                        onHeap(kernel, lhs, kernel.packRhs(weights), 256, RunOptions.DEFAULT),
                        () -> kernel + " " + multiplier);
            }
        }
    }

    /** The largest sums, of either sign, for as many values as are let through; then a bias that makes them overflow. */
    @ParameterizedTest
    @MethodSource("families")
    void sumsOfExtremesDoNotOverflowButByTheirBias(MatMulKernel kernel) {
        final byte[] values = new byte[MAX_K];
        Arrays.fill(values, (byte) -128);
        for (final int value : new int[] {-128, 127}) {
            final byte[] row = new byte[MAX_K];
            Arrays.fill(row, (byte) value);
            final Matrix lhs = Matrix.of(row, 1, MAX_K);
            Weights weights =
                    Weights.nByK(Matrix.of(values, 1, MAX_K)).requantized(new Requantization(1f, -1 - value, 1e7f, 5));
            if (!toInts(kernel)) {
                weights = weights.withScales(1f);
            }
            assertArrayEquals(
                    expected(kernel, lhs, weights),
                    onHeap(kernel, lhs, kernel.packRhs(weights), 1, RunOptions.DEFAULT),
                    kernel.toString());
            if (kernel.family().layout().bias()) {
                final Weights over = weights.withIntBias(value < 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE);
                assertArrayEquals(
                        expected(kernel, lhs, over),
                        onHeap(kernel, lhs, kernel.packRhs(over), 1, RunOptions.DEFAULT),
                        kernel.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsResultsInQuantizedTerms(MatMulKernel kernel) {
        final Matrix lhs = Matrix.of(bytes(9 * 5, 3), 9, 5);
        final Weights weights = weights(kernel, 37, 5, 4);
        final PackedRhs packed = kernel.packRhs(weights);
        final float inf = Float.POSITIVE_INFINITY;
        for (final float[] bound :
                new float[][] {{-20, 30}, {0, 0}, {-inf, -1}, {17, inf}, {200, 300}, {-1e9f, 1e9f}}) {
            final RunOptions options = RunOptions.DEFAULT.clamp(bound[0], bound[1]);
            if (toInts(kernel) || kernel instanceof Int8StaticTiledKernel) {
                assertThrows(IllegalArgumentException.class, () -> onHeap(kernel, lhs, packed, 37, options));
                continue;
            }
            assertArrayEquals(
                    expected(kernel, lhs, weights, (int) bound[0], (int) bound[1]),
                    onHeap(kernel, lhs, packed, 37, options),
                    () -> kernel + " within " + Arrays.toString(bound));
        }
        final RunOptions fraction = RunOptions.DEFAULT.clamp(0.5f, 6f);
        assertThrows(IllegalArgumentException.class, () -> onHeap(kernel, lhs, packed, 37, fraction));
    }

    @ParameterizedTest
    @MethodSource("families")
    void computesAnyPortionAndLeavesTheRestAlone(MatMulKernel kernel) {
        final int m = 17;
        final int n = 70;
        final int k = 23;
        final int stride = 83;
        final Matrix lhs = Matrix.of(bytes(m * 31, 6), 2, m, k, 29);
        final Weights weights = weights(kernel, n, k, 8);
        final PackedRhs packed = kernel.packRhs(weights);
        final int[] all = expected(kernel, lhs, weights);
        final int[][] portions = {
            {0, 17, 0, 70}, {3, 5, 0, 70}, {0, 17, 33, 4}, {16, 1, 69, 1}, {2, 9, 31, 34}, {4, 0, 0, 9}, {1, 3, 0, 48}
        };
        for (final int[] portion : portions) {
            final RunOptions options =
                    RunOptions.DEFAULT.rows(portion[0], portion[1]).columns(portion[2], portion[3]);
            final int[] expected = new int[m * stride];
            Arrays.fill(expected, 7);
            for (int i = portion[0]; i < portion[0] + portion[1]; i++) {
                System.arraycopy(all, i * n + portion[2], expected, i * stride + portion[2], portion[3]);
            }
            final String what = kernel + " " + Arrays.toString(portion);
            assertArrayEquals(expected, onHeap(kernel, lhs, packed, stride, options), what);
            assertArrayEquals(expected, offHeap(kernel, lhs, packed, stride, options), what + " off the heap");
        }
    }

    private static int[] offHeap(MatMulKernel kernel, Matrix lhs, PackedRhs packed, int stride, RunOptions options) {
        final int m = lhs.rows();
        try (Arena arena = Arena.ofConfined()) {
            if (toInts(kernel)) {
                final MemorySegment dst = arena.allocate(4L * m * stride, 4);
                for (int i = 0; i < m * stride; i++) {
                    dst.setAtIndex(ValueLayout.JAVA_INT, i, 7);
                }
                kernel.run(lhs, packed, Matrix.of(dst, 0, m, packed.n(), stride), options);
                return dst.toArray(ValueLayout.JAVA_INT);
            }
            final MemorySegment dst = arena.allocate((long) m * stride).fill((byte) 7);
            kernel.run(lhs, packed, Matrix.ofBytes(dst, 0, m, packed.n(), stride), options);
            return ints(dst.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheSameOnAnyNumberOfThreads(MatMulKernel kernel) {
        final Matrix lhs = Matrix.of(bytes(45 * 67, 8), 45, 67);
        final Weights weights = weights(kernel, 301, 67, 10);
        final int[] expected = expected(kernel, lhs, weights);
        final PackedRhs packed = kernel.packRhs(weights);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int threads = 1; threads <= 5; threads++) {
                assertArrayEquals(
                        expected,
                        onHeap(kernel, lhs, packed, 301, RunOptions.DEFAULT.on(pool, threads)),
                        kernel + " on " + threads + " threads");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesWhatItCannotPack(MatMulKernel kernel) {
        final Matrix bytes = Matrix.of(new byte[6], 2, 3);
        final Requantization given = new Requantization(1f, 0, 1f, 0);
        final Weights right = toInts(kernel)
                ? Weights.nByK(bytes)
                : Weights.nByK(bytes).withScales(1f).requantized(given);
        kernel.packRhs(right);
        final Weights tooLong = Weights.nByK(Matrix.of(new byte[MAX_K + 1], 1, MAX_K + 1))
                .withScales(toInts(kernel) ? new float[0] : new float[] {1f})
                .requantized(given);
        final Weights wrong =
                toInts(kernel) ? right.withScales(1f) : Weights.nByK(bytes).withScales(1f);
        final Weights infinite = right.withScales(Float.MAX_VALUE).requantized(new Requantization(2f, 0, 1f, 0));
        for (final Weights weights : List.of(tooLong, wrong, infinite, right.withBias(1f, 2f))) {
            assertThrows(IllegalArgumentException.class, () -> kernel.packRhs(weights), () -> kernel + " " + weights);
        }
        if (!kernel.family().layout().bias()) {
            assertThrows(IllegalArgumentException.class, () -> kernel.packRhs(right.withIntBias(1, 2)));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesOperandsOfOtherKindsAndForeignWeights(MatMulKernel kernel) {
        final PackedRhs packed = kernel.packRhs(weights(kernel, 5, 3, 1));
        final Matrix lhs = Matrix.of(new byte[6], 2, 3);
        final Matrix dst = toInts(kernel) ? Matrix.of(new int[10], 2, 5) : Matrix.of(new byte[10], 2, 5);
        final Matrix other = toInts(kernel) ? Matrix.of(new byte[10], 2, 5) : Matrix.of(new int[10], 2, 5);
        kernel.run(lhs, packed, dst);
        assertThrows(IllegalArgumentException.class, () -> kernel.run(lhs, packed, other));
        assertThrows(IllegalArgumentException.class, () -> kernel.run(Matrix.of(new float[6], 2, 3), packed, dst));
        final MatMulKernel dynamic = Int8KernelKernels.best();
        final PackedRhs foreign =
                dynamic.packRhs(Weights.nByK(Matrix.of(new byte[15], 5, 3)).withScales(1f));
        assertThrows(IllegalArgumentException.class, () -> kernel.run(lhs, foreign, dst));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theScalarFamilyIsAmongThem(DispatchTable<?> table) {
        assertTrue(table.usable().stream()
                .anyMatch(kernel -> kernel.family().target() == dev.tilesmith.spec.Target.SCALAR));
    }
}
