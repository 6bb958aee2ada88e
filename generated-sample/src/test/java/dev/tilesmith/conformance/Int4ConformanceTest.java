package dev.tilesmith.conformance;

import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Variant;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of four bits, with scales for channels and for blocks: every variant that runs here against the reference. */
final class Int4ConformanceTest {
    private static final float NONE_LOW = Float.NEGATIVE_INFINITY;
    private static final float NONE_HIGH = Float.POSITIVE_INFINITY;

    /** The longest sums that cannot overflow, and one more. */
    private static final int MAX_K = 1_052_688;

    private final GuardedMemory guarded = new GuardedMemory();

    /** m, n, k: nothing, ones, a tile and its neighbours, primes, K around steps, vectors, groups and chunks. */
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

    /** m, n, k, block length: as many blocks as one, a chunk and its neighbours; every length of blocks. */
    private static final List<int[]> BLOCK_SHAPES = List.of(
            new int[] {0, 5, 32, 32},
            new int[] {3, 0, 64, 32},
            new int[] {3, 5, 0, 32},
            new int[] {1, 1, 32, 32},
            new int[] {1, 32, 64, 64},
            new int[] {2, 31, 96, 32},
            new int[] {3, 8, 128, 128},
            new int[] {5, 33, 128, 64},
            new int[] {11, 47, 256, 256},
            new int[] {12, 48, 512, 32},
            new int[] {13, 49, 544, 32},
            new int[] {14, 64, 480, 32},
            new int[] {15, 65, 576, 64},
            new int[] {29, 97, 640, 128},
            new int[] {6, 35, 768, 256},
            new int[] {7, 18, 1280, 256},
            new int[] {2, 9, 4096, 32},
            new int[] {171, 7, 64, 32});

    static Stream<DispatchTable<?>> tables() {
        return Stream.of(
                Int4ChannelKernelKernels.table(),
                Int4BlockKernelKernels.table(),
                Int4BareKernelKernels.table(),
                Int4TiledKernelKernels.table());
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
        if (Int4.hasBlocks(kernel)) {
            for (final int[] shape : Shapes.of(BLOCK_SHAPES, 0, 2, 5, 7, 11, 14)) {
                for (final Samples samples : Samples.values()) {
                    check(kernel, shape[0], Int4.weights(kernel, shape[1], shape[2], shape[3], samples), samples);
                }
            }
            return;
        }
        for (final int[] shape : Shapes.of(SHAPES, 0, 2, 5, 7, 11, 12, 15)) {
            for (final Samples samples : Samples.values()) {
                check(kernel, shape[0], Int4.weights(kernel, shape[1], shape[2], 0, samples), samples);
            }
        }
    }

    private void check(MatMulKernel kernel, int m, Weights weights, Samples samples) {
        final int n = weights.n();
        final int k = weights.k();
        final float[] lhs = samples.take(m * k, 1);
        final float[] expected = Int4.multiply(kernel, Matrix.of(lhs, m, k), weights, NONE_LOW, NONE_HIGH);
        final String what = kernel.family().variants().getLast() + " " + m + " x " + n + " x " + k + " in blocks of "
                + weights.blockLength() + " " + samples;
        final float[] onHeap = new float[m * n];
        kernel.run(m, lhs, kernel.packRhs(weights), onHeap);
        Bits.assertEqual(expected, onHeap, n, what + " on the heap");
        for (final GuardedMemory.Side side : GuardedMemory.Side.values()) {
            Bits.assertEqual(expected, runGuarded(kernel, lhs, weights, m, side), n, what + " guarded " + side);
        }
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
            kernel.run(m, from, new PackedRhs(packed.layout(), n, k, packed.blockLength(), panels), to);
            return to.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        }
    }

    /** Weights that are a unit matrix give back each quantized value. */
    @ParameterizedTest
    @MethodSource("families")
    void quantizesRowsAsTheReferenceDoes(MatMulKernel kernel) {
        for (final float[] given : rows()) {
            final float[] row = Int4.hasBlocks(kernel) ? Arrays.copyOf(given, (given.length + 31) / 32 * 32) : given;
            final int k = row.length;
            final byte[] unit = new byte[k * ((k + 1) / 2)];
            for (int i = 0; i < k; i++) {
                unit[i * ((k + 1) / 2) + i / 2] = (byte) (1 << (i % 2 * 4));
            }
            final Weights bare = Weights.nByK(Matrix.of(unit, k, (k + 1) / 2), new Weights.Nibbles(k, 0));
            final float[] ones = new float[Int4.hasBlocks(kernel) ? k * k / 32 : k];
            Arrays.fill(ones, 1f);
            final Weights weights = Int4.hasBlocks(kernel) ? bare.withBlockScales(32, ones) : bare.withScales(ones);
            final float[] actual = new float[k];
            kernel.run(1, row, kernel.packRhs(weights), actual);
            final float[] expected = Int4.multiply(kernel, Matrix.of(row, 1, k), weights, NONE_LOW, NONE_HIGH);
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
        final int k = Int4.hasBlocks(kernel) ? 128 : 23;
        final float[] floats = Samples.ORDINARY.take(n * k, 5);
        Arrays.fill(floats, 2 * k, 3 * k, 0f);
        final int[] lengths = Int4.hasBlocks(kernel) ? new int[] {32, 64, 128} : new int[] {0};
        for (final int bl : lengths) {
            final Weights dense = Weights.nByK(Matrix.of(floats, n, k));
            final Weights given = bl == 0 ? dense : dense.inBlocksOf(bl);
            final Int4Reference.Blocks blocks = Int4.quantize(kernel, given);
            final PackedRhs expected = kernel.packRhs(given);
            final float[] turned = Int4.turned(floats, n, k);
            final Weights turnedFloats = Weights.kByN(Matrix.of(turned, k, n));
            Stream.of(
                            bl == 0 ? turnedFloats : turnedFloats.inBlocksOf(bl),
                            Int4.nByK(blocks.values(), n, k, 0, bl, blocks.scales()),
                            Int4.nByK(blocks.values(), n, k, 8, bl, blocks.scales()),
                            Int4.kByN(blocks.values(), n, k, 0, bl, blocks.scales()),
                            Int4.kByN(blocks.values(), n, k, 8, bl, blocks.scales()))
                    .forEach(weights -> {
                        final PackedRhs packed = kernel.packRhs(weights);
                        Assertions.assertEquals(expected.blockLength(), packed.blockLength());
                        Assertions.assertEquals(-1, expected.data().mismatch(packed.data()), kernel + " " + weights);
                    });
        }
    }

    /** What the packer states of its quantization: half a scale; a scale is the largest magnitude over 7, rounded. */
    @ParameterizedTest
    @MethodSource("families")
    void quantizedWeightsAreOffByHalfAScale(MatMulKernel kernel) {
        final int n = 7;
        final int k = 256;
        for (final float size : new float[] {1e-30f, 1f, 3e38f}) {
            final float[] floats = Samples.ORDINARY.take(n * k, 11);
            for (int i = 0; i < floats.length; i++) {
                floats[i] *= size;
            }
            final Weights weights = Weights.nByK(Matrix.of(floats, n, k));
            final Int4Reference.Blocks blocks = Int4.quantize(kernel, weights);
            for (int i = 0; i < floats.length; i++) {
                final double scale = blocks.scales()[i / blocks.blockLength()];
                final double error = Math.abs(floats[i] - blocks.values()[i] * scale);
                Assertions.assertTrue(error <= scale * 0.5001, kernel + ": " + error + " of " + scale);
            }
        }
    }

    /** Weights and scales are all that a panel holds, but for one percent. */
    @ParameterizedTest
    @MethodSource("families")
    void packedWeightsAreNoLargerThanWeightsAndScales(MatMulKernel kernel) {
        final int nr = kernel.family().layout().nr();
        final int n = 4 * nr;
        final int k = 4096;
        final Weights weights = Int4.weights(kernel, n, k, Int4.hasBlocks(kernel) ? 32 : 0, Samples.ORDINARY);
        final int scaleBytes = kernel.family().layout().scales() == Format.BF16 ? 2 : 4;
        final long needed = (long) n * k / 2 + (long) weights.scales().length * scaleBytes;
        final long taken = kernel.packRhs(weights).data().byteSize();
        // panels are whole cache lines, which weighs on the narrow ones of Java
        final long most = needed + needed / 100 + 64L * n / nr;
        Assertions.assertTrue(taken <= most, kernel + ": " + taken + " bytes; at most " + most);
    }

    /** Products of the largest magnitude, all of one sign, for as many values as are let through. */
    @ParameterizedTest
    @MethodSource("families")
    void sumsOfExtremesDoNotOverflow(MatMulKernel kernel) {
        final int k = Int4.hasBlocks(kernel) ? 512 : Shapes.FEW ? MAX_K / 16 : MAX_K;
        for (final float sign : new float[] {1f, -1f}) {
            for (final int lowest : new int[] {0, 0xff}) {
                final float[] lhs = new float[k];
                Arrays.fill(lhs, sign);
                final byte[] values = new byte[(k + 1) / 2];
                Arrays.fill(values, (byte) lowest);
                final Weights bare = Weights.nByK(Matrix.of(values, 1, values.length), new Weights.Nibbles(k, 8));
                final Weights weights =
                        Int4.hasBlocks(kernel) ? bare.withBlockScales(256, 1f, 1f) : bare.withScales(1f);
                final float[] actual = new float[1];
                kernel.run(1, lhs, kernel.packRhs(weights), actual);
                final float[] expected = Int4.multiply(kernel, Matrix.of(lhs, 1, k), weights, NONE_LOW, NONE_HIGH);
                Bits.assertEqual(expected, actual, 1, kernel + " " + sign);
            }
        }
    }

    static Stream<Arguments> refused() {
        final Weights.Nibbles two = new Weights.Nibbles(2, 8);
        final Weights.Nibbles sixtyFour = new Weights.Nibbles(64, 8);
        final Weights withoutScales = Weights.nByK(Matrix.of(new byte[64], 2, 32), sixtyFour);
        final Weights odd = Weights.nByK(Matrix.of(new float[66], 2, 33));
        final Weights tooLong = Weights.nByK(
                        Matrix.of(new byte[MAX_K / 2 + 1], 1, MAX_K / 2 + 1), new Weights.Nibbles(MAX_K + 1, 8))
                .withScales(1f);
        return families()
                .flatMap(kernel -> Stream.of(
                        Arguments.of(kernel, withoutScales, "scales: none"),
                        Arguments.of(
                                kernel,
                                Weights.nByK(Matrix.of(new float[64], 2, 32)).withScales(1f, 1f),
                                "scales: given for f32"),
                        Arguments.of(
                                kernel,
                                Weights.nByK(Matrix.of(filled(64, Float.POSITIVE_INFINITY), 2, 32)),
                                "expected finite"),
                        Arguments.of(kernel, Weights.nByK(Matrix.of(new int[64], 2, 32)), "Ints"),
                        Int4.hasBlocks(kernel)
                                ? Arguments.of(kernel, withoutScales.withScales(1f), "one for each channel")
                                : Arguments.of(kernel, withoutScales.withBlockScales(64, 1f, 1f), "blockLength: 64"),
                        Int4.hasBlocks(kernel)
                                ? Arguments.of(kernel, odd, "k: 33 is no multiple")
                                : Arguments.of(kernel, tooLong, "could overflow"),
                        kernel instanceof Int4BlockKernel
                                ? Arguments.of(kernel, withoutScales.withBlockScales(64, 1f, 0.1f), "BF16")
                                : Arguments.of(kernel, Weights.nByK(Matrix.of(new byte[2], 2, 1), two), "scales")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatItCannotPack(MatMulKernel kernel, Weights weights, String why) {
        final IllegalArgumentException refusal =
                Assertions.assertThrows(IllegalArgumentException.class, () -> kernel.packRhs(weights));
        Assertions.assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsResultsAsJavaDoes(MatMulKernel kernel) {
        final int m = 9;
        final int n = 37;
        final int k = Int4.hasBlocks(kernel) ? 64 : 3;
        final float[][] bounds = {{-0f, 6f}, {0f, 0f}, {-1f, -0f}, {NONE_LOW, 1f}, {-1e-40f, NONE_HIGH}};
        final float[] lhs = Samples.AWKWARD.take(m * k, 4);
        final Weights weights = Int4.weights(kernel, n, k, Int4.hasBlocks(kernel) ? 32 : 0, Samples.AWKWARD);
        final PackedRhs packed = kernel.packRhs(weights);
        for (final float[] bound : bounds) {
            final RunOptions options = RunOptions.DEFAULT.clamp(bound[0], bound[1]);
            final float[] actual = new float[m * n];
            if (kernel instanceof Int4BareKernel) {
                Assertions.assertThrows(
                        IllegalArgumentException.class,
                        () -> kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), options));
                continue;
            }
            kernel.run(Matrix.of(lhs, m, k), packed, Matrix.of(actual, m, n), options);
            final float[] expected = Int4.multiply(kernel, Matrix.of(lhs, m, k), weights, bound[0], bound[1]);
            Bits.assertEqual(expected, actual, n, kernel + " within " + Arrays.toString(bound));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void computesAnyPortionAndLeavesTheRestAlone(MatMulKernel kernel) {
        final int m = 17;
        final int n = 70;
        final int k = Int4.hasBlocks(kernel) ? 96 : 23;
        final int stride = 83;
        final Matrix strided = Matrix.of(Samples.ORDINARY.take(m * (k + 8), 6), 2, m, k, k + 6);
        final Weights weights = Weights.kByN(Matrix.of(Samples.ORDINARY.take(n * k, 7), k, n));
        final PackedRhs packed = kernel.packRhs(weights);
        final float[] all = Int4.multiply(kernel, strided, weights, NONE_LOW, NONE_HIGH);
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
                offHeap.copyFrom(MemorySegment.ofArray(filled(m * stride, 7f)));
                kernel.run(strided, packed, Matrix.of(offHeap, 0, m, n, stride), options);
                Bits.assertEqual(
                        expected,
                        offHeap.toArray(ValueLayout.JAVA_FLOAT),
                        stride,
                        kernel + " off the heap " + Arrays.toString(portion));
            }
        }
    }

    private static float[] filled(int length, float value) {
        final float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] inPortion(float[] all, int[] portion, int m, int n, int stride) {
        final float[] expected = filled(m * stride, 7f);
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
        final int k = Int4.hasBlocks(kernel) ? 160 : 67;
        final float[] lhs = Samples.ORDINARY.take(m * k, 8);
        final Weights weights = Weights.nByK(Matrix.of(Samples.ORDINARY.take(n * k, 9), n, k));
        final float[] expected = Int4.multiply(kernel, Matrix.of(lhs, m, k), weights, NONE_LOW, NONE_HIGH);
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
        Assertions.assertTrue(tables().allMatch(table -> table.usable().stream()
                .anyMatch(kernel -> ((MatMulKernel) kernel).family().target() == dev.tilesmith.spec.Target.SCALAR)));
    }
}
