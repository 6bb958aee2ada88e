package dev.tilesmith.conformance;

import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.StaticInt4Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * int8 that was quantized before the kernel runs, with weights of int8 or int4.
 *
 * @param kind what results are
 */
record StaticInt8Format(Kind kind) implements FormatUnderTest {
    /** The longest sums that cannot overflow. */
    private static final int MAX_K = 65_793;

    /** Of int4 weights. */
    private static final int MAX_K_OF_INT4 = 1_052_688;

    private static final float INF = Float.POSITIVE_INFINITY;

    /** Bounds of int8, within it and beyond. */
    private static final List<Bounds> OF_INT8 = List.of(
            new Bounds(-20, 30),
            new Bounds(0, 0),
            new Bounds(-INF, -1),
            new Bounds(17, INF),
            new Bounds(200, 300),
            new Bounds(-1e9f, 1e9f));

    /** What results are, and whether kernels take a bias and bounds. */
    enum Kind {
        /** int8. */
        INT8,
        /** int8; neither bias nor bounds. */
        BARE_INT8,
        /** Sums; no bounds. */
        SUMS,
        /** int8, of int4 weights. */
        INT4,
        /** int8, of int4 weights; neither bias nor bounds. */
        BARE_INT4
    }

    private boolean sums() {
        return kind == Kind.SUMS;
    }

    private boolean isInt4() {
        return kind == Kind.INT4 || kind == Kind.BARE_INT4;
    }

    private boolean bare() {
        return kind == Kind.BARE_INT8 || kind == Kind.BARE_INT4;
    }

    private int maxK() {
        return isInt4() ? MAX_K_OF_INT4 : MAX_K;
    }

    /** Bytes of k weights. */
    private int width(int k) {
        return isInt4() ? Math.ceilDiv(k, 2) : k;
    }

    /** Weights of n channels, those of four bits in two's complement or offset by 8, as k is odd or even. */
    private Weights nByK(byte[] values, int n, int k) {
        final Matrix bytes = Matrix.of(values, n, width(k));
        return isInt4() ? Weights.nByK(bytes, new Weights.Nibbles(k, (k + 1) % 2 * 8)) : Weights.nByK(bytes);
    }

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return List.of(
                switch (kind) {
                    case INT8 -> Int8StaticKernelKernels.table();
                    case BARE_INT8 -> Int8StaticTiledKernelKernels.table();
                    case SUMS -> Int8SumsKernelKernels.table();
                    case INT4 -> Int4StaticKernelKernels.table();
                    case BARE_INT4 -> Int4StaticTiledKernelKernels.table();
                });
    }

    @Override
    public Element lhsElement() {
        return Element.I8;
    }

    @Override
    public Element dstElement() {
        return sums() ? Element.I32 : Element.I8;
    }

    /** Bytes are all alike. */
    @Override
    public List<Samples> samples() {
        return List.of(Samples.ORDINARY);
    }

    @Override
    public Matrix lhs(int m, Depth depth, Samples samples) {
        return Matrix.of(FormatUnderTest.bytes(m * depth.k(), depth.k() + 99L), m, depth.k());
    }

    /** Scales such that results fill int8 and leave it; with the depth change the kinds of scales, bias and zero point. */
    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        final int k = depth.k();
        final SplittableRandom random = new SplittableRandom(k);
        final int lhsZeroPoint = random.nextInt(-128, 128);
        final int dstZeroPoint = random.nextInt(-128, 128);
        Weights weights = nByK(FormatUnderTest.bytes(n * width(k), k), n, k);
        if (!bare() && k % 2 == 1) {
            weights = weights.withIntBias(
                    new SplittableRandom(k + 1L).ints(n, -9000, 9000).toArray());
        }
        if (sums()) {
            return k % 3 == 0 ? weights : weights.requantized(Requantization.ofSums(lhsZeroPoint));
        }
        final float[] scales = new float[k % 3 == 0 ? 1 : n];
        for (int j = 0; j < scales.length; j++) {
            scales[j] = (float) random.nextDouble(0.001, 2);
        }
        final float dstScale = (float) (1 + Math.sqrt(k) * (isInt4() ? 2 : 30));
        return weights.withScales(scales).requantized(new Requantization(0.7f, lhsZeroPoint, dstScale, dstZeroPoint));
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        if (isInt4()) {
            return Element.bits(StaticInt4Reference.multiply(lhs, weights, (int) bounds.low(), (int) bounds.high()));
        }
        return sums()
                ? StaticInt8Reference.sums(lhs, weights)
                : Element.bits(StaticInt8Reference.multiply(lhs, weights, (int) bounds.low(), (int) bounds.high()));
    }

    /** f32 weights of four bits are quantized as for rows that are quantized as they come, of which that is tested. */
    @Override
    public List<List<Weights>> alike() {
        final int n = 41;
        final int k = 23;
        if (isInt4()) {
            final Weights floats = Weights.nByK(Matrix.of(Samples.ORDINARY.take(n * k, 5), n, k));
            final Int4Reference.Blocks quantized = Int4Reference.channels(floats);
            final byte[] nibbles = new byte[n * width(k)];
            for (int i = 0; i < n * k; i++) {
                nibbles[i / k * width(k) + i % k / 2] |= (byte) ((quantized.values()[i] & 15) << (i % k % 2 * 4));
            }
            return List.of(Stream.of(floats, nByK(nibbles, n, k).withScales(quantized.scales()))
                    .map(weights -> weights.requantized(new Requantization(1f, 3, 1f, -2)))
                    .toList());
        }
        final byte[] bytes = FormatUnderTest.bytes(n * k, 5);
        return List.of(Stream.of(
                        Weights.nByK(Matrix.of(bytes, n, k)),
                        Weights.kByN(Matrix.of(FormatUnderTest.turned(bytes, n, k), k, n)))
                .map(weights -> sums() ? weights : weights.withScales(0.5f))
                .map(weights -> weights.requantized(new Requantization(1f, 3, 1f, sums() ? 0 : -2)))
                .toList());
    }

    @Override
    public List<Refusal> refusals() {
        final Requantization given = new Requantization(1f, 0, 1f, 0);
        final Weights bytes = nByK(new byte[2 * width(3)], 2, 3);
        final Weights right = sums() ? bytes : bytes.withScales(1f).requantized(given);
        final Weights longer = nByK(new byte[width(maxK() + 1)], 1, maxK() + 1).requantized(given);
        final List<Refusal> refusals = new ArrayList<>(List.of(
                new Refusal(sums() ? longer : longer.withScales(1f), "k: " + (maxK() + 1)),
                new Refusal(bytes.withScales(1f), sums() ? "scales" : "requantiz"),
                new Refusal(right.withScales(Float.MAX_VALUE).requantized(new Requantization(2f, 0, 1f, 0)), "scale"),
                new Refusal(right.withBias(1f, 2f), "bias")));
        if (bare()) {
            refusals.add(new Refusal(right.withIntBias(1, 2), "bias = false"));
        } else {
            refusals.add(new Refusal(overflowing(), "intBias: channel 1 has -2147483648; its sums are from "));
        }
        if (sums()) {
            refusals.add(
                    new Refusal(right.requantized(new Requantization(1f, 0, 2f, 0)), "use Requantization.ofSums(0)"));
        } else {
            refusals.add(new Refusal(right.withScales(1f, Float.NaN), "scales: channel 1 has NaN"));
        }
        return refusals;
    }

    /** A channel of ones, or of values that end with one, whose sums a bias makes overflow. */
    private Weights overflowing() {
        final byte[] ones = new byte[2 * width(3)];
        Arrays.fill(ones, (byte) 0x11);
        final Weights bare = nByK(ones, 2, 3).withIntBias(Integer.MAX_VALUE - 9000, Integer.MIN_VALUE);
        return sums() ? bare : bare.withScales(1f).requantized(new Requantization(1f, 0, 1f, 0));
    }

    @Override
    public List<Operands> hardest() {
        return Stream.concat(IntStream.of(-128, 127).boxed().flatMap(this::extremes), pairs())
                .toList();
    }

    /** The largest sums, for as many values as are let through; and with a bias that makes them the largest int there is. */
    private Stream<Operands> extremes(int value) {
        final int k = isInt4() && Shapes.FEW ? MAX_K : maxK();
        final byte[] row = new byte[k];
        Arrays.fill(row, (byte) value);
        final byte[] column = new byte[width(k)];
        // of four bits, -8 as k has it
        Arrays.fill(column, (byte) (isInt4() ? k % 2 * 0x88 : -128));
        final Weights plain = nByK(column, 1, k);
        final Weights weights = sums()
                ? plain.requantized(Requantization.ofSums(-1 - value))
                : plain.withScales(1f).requantized(new Requantization(1f, -1 - value, 1e7f, 5));
        final int sum = (2 * value + 1) * (isInt4() ? -8 : -128) * k;
        final Weights brimming = weights.withIntBias((value < 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE) - sum);
        return (bare() ? Stream.of(weights) : Stream.of(weights, brimming))
                .map(each -> new Operands("sum of extremes of " + value, Matrix.of(row, 1, k), each));
    }

    /** All pairs of a value and a weight, 2^16 of int8, -128 times -128 among them, each scaled on to ties, beside them and out of int8. */
    private Stream<Operands> pairs() {
        final byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) (i - 128);
        }
        final int columns = Shapes.FEWEST || (isInt4() && Shapes.FEW) ? 16 : 256;
        final Weights plain = nByK(Arrays.copyOf(all, columns), columns, 1);
        return IntStream.of(-128, 0, 127)
                .boxed()
                .flatMap(zeroPoint -> sums()
                        ? Stream.of(plain.requantized(Requantization.ofSums(zeroPoint)))
                        : Stream.of(0.5f, 0.25f, 0.1f, 1e-30f, 1f, 1e6f, 3e38f)
                                .map(multiplier -> plain.withScales(multiplier)
                                        .requantized(new Requantization(1f, zeroPoint, 1f, -zeroPoint / 2))))
                .map(weights -> new Operands("all pairs of bytes, " + weights, Matrix.of(all, 256, 1), weights));
    }

    @Override
    public List<Bounds> bounds() {
        return kind == Kind.INT8 || kind == Kind.INT4 ? OF_INT8 : List.of();
    }

    @Override
    public List<Bounds> refusedBounds() {
        final Stream<Bounds> fraction = Stream.of(new Bounds(0.5f, 6f));
        return (kind == Kind.INT8 || kind == Kind.INT4 ? fraction : Stream.concat(fraction, OF_INT8.stream())).toList();
    }
}
