package dev.tilesmith.conformance;

import dev.tilesmith.reference.Int8Reference;
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
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** int8 with a dynamic left operand: every variant that runs here against the reference. */
final class Int8ConformanceTest {
    private static final float NONE_LOW = Float.NEGATIVE_INFINITY;
    private static final float NONE_HIGH = Float.POSITIVE_INFINITY;

    /** The longest sums that cannot overflow, and one more. */
    private static final int MAX_K = 65_793;

    private final GuardedMemory guarded = new GuardedMemory();

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
            new int[] {3, 37, 511},
            new int[] {4, 17, 512},
            new int[] {6, 35, 513},
            new int[] {7, 18, 1200},
            new int[] {2, 9, 4096},
            new int[] {171, 7, 19});

    static Stream<DispatchTable<?>> tables() {
        return Stream.of(Int8KernelKernels.table(), Int8BareKernelKernels.table(), Int8TiledKernelKernels.table());
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
        for (final int[] shape : Shapes.of(SHAPES, 0, 2, 5, 7, 11, 12, 15)) {
            for (final Samples samples : Samples.values()) {
                check(kernel, shape[0], shape[1], shape[2], samples);
            }
        }
    }

    private void check(MatMulKernel kernel, int m, int n, int k, Samples samples) {
        final float[] lhs = samples.take(m * k, 1);
        final Weights weights = weights(kernel, n, k, samples);
        final float[] expected = Int8Reference.multiply(Matrix.of(lhs, m, k), weights, NONE_LOW, NONE_HIGH);
        final String what = kernel.family().variants().getLast() + " " + m + " x " + n + " x " + k + " " + samples;
        final float[] onHeap = new float[m * n];
        kernel.run(m, lhs, kernel.packRhs(weights), onHeap);
        Bits.assertEqual(expected, onHeap, n, what + " on the heap");
        for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
            Bits.assertEqual(expected, runGuarded(kernel, lhs, weights, m, side), n, what + " guarded " + side);
        }
    }

    /** All bytes there are, -128 among them; scales as awkward as the samples. */
    private static Weights weights(MatMulKernel kernel, int n, int k, Samples samples) {
        final byte[] values = new byte[n * k];
        final SplittableRandom random = new SplittableRandom(2);
        random.nextBytes(values);
        final Weights weights = Weights.nByK(Matrix.of(values, n, k)).withScales(samples.take(n, 4));
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

    /** Weights that are a unit matrix give back each quantized value. */
    @ParameterizedTest
    @MethodSource("families")
    void quantizesRowsAsTheReferenceDoes(MatMulKernel kernel) {
        for (final float[] row : rows()) {
            final int k = row.length;
            final byte[] unit = new byte[k * k];
            for (int i = 0; i < k; i++) {
                unit[i * k + i] = 1;
            }
            final float[] ones = new float[k];
            Arrays.fill(ones, 1f);
            final Weights weights = Weights.nByK(Matrix.of(unit, k, k)).withScales(ones);
            final float[] actual = new float[k];
            kernel.run(1, row, kernel.packRhs(weights), actual);
            final float[] expected = Int8Reference.multiply(Matrix.of(row, 1, k), weights, NONE_LOW, NONE_HIGH);
            Bits.assertEqual(expected, actual, k, kernel + " " + Arrays.toString(row));
        }
    }

    /** Rows that the formula treats in ways of their own, and rows whose values lie on and beside ties. */
    private static List<float[]> rows() {
        final float inf = Float.POSITIVE_INFINITY;
        final Stream<float[]> awkward = Stream.of(
                new float[] {Float.NaN, 1f, -2f},
                new float[] {Float.NaN, Float.NaN},
                new float[] {inf, 1f, -1f, 0f},
                new float[] {-inf, 1f, -1f, 0f},
                new float[] {inf, -inf, Float.NaN, 3f},
                new float[] {3.4e38f, -3.4e38f, 1f},
                new float[] {Float.MIN_VALUE, 0f, -0f},
                new float[] {-Float.MIN_VALUE, Float.MIN_VALUE, 0f},
                new float[] {Float.MIN_NORMAL, -Float.MIN_NORMAL, 1e-40f},
                new float[] {0f, -0f},
                new float[] {5f, 5f, 5f},
                new float[] {-5f, -5f});
        final Stream<float[]> ties =
                Stream.of(1f, 3f, 0.1f, 255f, 127.5f, 1e-3f, 7e20f, 3e-30f).map(top -> ties(top));
        return Stream.concat(awkward, ties).toList();
    }

    /** A row from -top/3 to top: halves of the quantization's steps, and the floats next to them. */
    private static float[] ties(float top) {
        final float low = -top / 3;
        final float step = (top - low) / 255;
        final float[] row = new float[2 + 3 * 510];
        row[0] = low;
        row[1] = top;
        for (int i = 0; i < 510; i++) {
            final float tie = Math.clamp(low + step / 2 * i, low, top);
            row[2 + 3 * i] = tie;
            row[3 + 3 * i] = Math.max(low, Math.nextDown(tie));
            row[4 + 3 * i] = Math.min(top, Math.nextUp(tie));
        }
        return row;
    }

    @ParameterizedTest
    @MethodSource("families")
    void packsWeightsOfEveryKindAlike(MatMulKernel kernel) {
        final int n = 41;
        final int k = 23;
        final float[] floats = Samples.ORDINARY.take(n * k, 5);
        Arrays.fill(floats, 2 * k, 3 * k, 0f);
        final Weights given = Weights.nByK(Matrix.of(floats, n, k));
        final Int8Reference.Channels channels = Int8Reference.quantize(given);
        final MemorySegment expected = kernel.packRhs(given).data();
        final float[] turned = new float[n * k];
        final byte[] turnedBytes = new byte[n * k];
        for (int i = 0; i < n * k; i++) {
            turned[i % k * n + i / k] = floats[i];
            turnedBytes[i % k * n + i / k] = channels.values()[i];
        }
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, channels.values());
            final MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_FLOAT, turned);
            Stream.of(
                            Weights.kByN(Matrix.of(turned, k, n)),
                            Weights.kByN(Matrix.of(segment, k, n)),
                            Weights.nByK(Matrix.of(channels.values(), n, k)).withScales(channels.scales()),
                            Weights.kByN(Matrix.of(turnedBytes, k, n)).withScales(channels.scales()),
                            Weights.nByK(Matrix.ofBytes(bytes, n, k)).withScales(channels.scales()))
                    .forEach(weights -> Assertions.assertEquals(
                            -1, expected.mismatch(kernel.packRhs(weights).data()), kernel + " " + weights));
        }
    }

    /** Products of the largest magnitude, all of one sign, for as many values as are let through. */
    @ParameterizedTest
    @MethodSource("families")
    void sumsOfExtremesDoNotOverflow(MatMulKernel kernel) {
        for (final float sign : new float[] {1f, -1f}) {
            final float[] lhs = new float[MAX_K];
            Arrays.fill(lhs, sign);
            final byte[] values = new byte[MAX_K];
            Arrays.fill(values, (byte) -128);
            final Weights weights = Weights.nByK(Matrix.of(values, 1, MAX_K)).withScales(1f);
            final float[] actual = new float[1];
            kernel.run(1, lhs, kernel.packRhs(weights), actual);
            final float[] expected = Int8Reference.multiply(Matrix.of(lhs, 1, MAX_K), weights, NONE_LOW, NONE_HIGH);
            Bits.assertEqual(expected, actual, 1, kernel + " " + sign);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesWhatItCannotPack(MatMulKernel kernel) {
        final Weights tooLong =
                Weights.nByK(Matrix.of(new byte[MAX_K + 1], 1, MAX_K + 1)).withScales(1f);
        final Weights withoutScales = Weights.nByK(Matrix.of(new byte[6], 2, 3));
        final Weights floatsWithScales =
                Weights.nByK(Matrix.of(new float[6], 2, 3)).withScales(1f, 1f);
        final Weights infinite = Weights.nByK(Matrix.of(new float[] {1f, Float.POSITIVE_INFINITY}, 1, 2));
        final Weights ints = Weights.nByK(Matrix.of(new int[6], 2, 3));
        for (final Weights weights : List.of(tooLong, withoutScales, floatsWithScales, infinite, ints)) {
            Assertions.assertThrows(
                    IllegalArgumentException.class, () -> kernel.packRhs(weights), () -> kernel + " " + weights);
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
        final Weights weights = weights(kernel, n, k, Samples.AWKWARD);
        final PackedRhs packed = kernel.packRhs(weights);
        for (final float[] bound : bounds) {
            final RunOptions options = RunOptions.DEFAULT.clamp(bound[0], bound[1]);
            final float[] actual = new float[m * n];
            if (kernel instanceof Int8BareKernel) {
                Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), options));
                continue;
            }
            kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), options);
            final float[] expected = Int8Reference.multiply(Matrix.of(lhs, m, k), weights, bound[0], bound[1]);
            Bits.assertEqual(expected, actual, n, kernel + " within " + Arrays.toString(bound));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void computesAnyPortionAndLeavesTheRestAlone(MatMulKernel kernel) {
        final int m = 17;
        final int n = 70;
        final int k = 23;
        final int stride = 83;
        final Matrix strided = Matrix.of(Samples.ORDINARY.take(m * 31, 6), 2, m, k, 29);
        final Weights weights = Weights.kByN(Matrix.of(Samples.ORDINARY.take(n * k, 7), k, n));
        final PackedRhs packed = kernel.packRhs(weights);
        final float[] all = Int8Reference.multiply(strided, weights, NONE_LOW, NONE_HIGH);
        final int[][] portions = {
            {0, 17, 0, 70}, {3, 5, 0, 70}, {0, 17, 33, 4}, {16, 1, 69, 1}, {2, 9, 31, 34}, {4, 0, 0, 9}
        };
        try (Arena arena = Arena.ofConfined()) {
            for (final int[] portion : portions) {
                final RunOptions options =
                        RunOptions.DEFAULT.rows(portion[0], portion[1]).columns(portion[2], portion[3]);
                final float[] expected = inPortion(all, portion, m, n, stride);
                final float[] onHeap = new float[m * stride];
                Arrays.fill(onHeap, 7f);
                kernel.run(strided, packed, Matrix.of(onHeap, 0, m, n, stride), options);
                Bits.assertEqual(expected, onHeap, stride, kernel + " " + Arrays.toString(portion));
                final MemorySegment offHeap = arena.allocate(4L * m * stride, 4);
                offHeap.copyFrom(MemorySegment.ofArray(filled(m * stride)));
                kernel.run(strided, packed, Matrix.of(offHeap, 0, m, n, stride), options);
                Bits.assertEqual(
                        expected,
                        offHeap.toArray(ValueLayout.JAVA_FLOAT),
                        stride,
                        kernel + " off the heap " + Arrays.toString(portion));
            }
        }
    }

    private static float[] filled(int length) {
        final float[] values = new float[length];
        Arrays.fill(values, 7f);
        return values;
    }

    private static float[] inPortion(float[] all, int[] portion, int m, int n, int stride) {
        final float[] expected = filled(m * stride);
        for (int i = portion[0]; i < portion[0] + portion[1]; i++) {
            System.arraycopy(all, i * n + portion[2], expected, i * stride + portion[2], portion[3]);
        }
        return expected;
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheSameBitsOnAnyNumberOfThreads(MatMulKernel kernel) {
        final int m = 45;
        final int n = 301;
        final int k = 67;
        final float[] lhs = Samples.ORDINARY.take(m * k, 8);
        final Weights weights = Weights.nByK(Matrix.of(Samples.ORDINARY.take(n * k, 9), n, k));
        final float[] expected = Int8Reference.multiply(Matrix.of(lhs, m, k), weights, NONE_LOW, NONE_HIGH);
        final PackedRhs packed = kernel.packRhs(weights);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (int threads = 1; threads <= 5; threads++) {
                final float[] actual = new float[m * n];
                kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), RunOptions.DEFAULT.on(pool, threads));
                Bits.assertEqual(expected, actual, n, kernel + " on " + threads + " threads");
            }
        }
    }

    @Test
    void theScalarFamilyRunsEverywhere() {
        Assertions.assertTrue(Int8KernelKernels.table().usable().stream()
                .anyMatch(kernel -> kernel.family().target() == dev.tilesmith.spec.Target.SCALAR));
    }
}
