package dev.tilesmith.conformance;

import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int4Reference.Scales;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Weights of four bits, and rows that are quantized when the kernel runs.
 *
 * @param kind what has a scale
 */
record Int4Format(Kind kind) implements FormatUnderTest {
    /** The longest sums that cannot overflow. */
    private static final int MAX_K = 1_052_688;

    private static final float LARGEST_BF16 = Float.intBitsToFloat(0x7f7f0000);

    /** What has a scale, and whether kernels take a bias and bounds. */
    enum Kind {
        /** Channels. */
        CHANNELS,
        /** Blocks, in BF16. */
        BLOCKS,
        /** Blocks, in F32; neither bias nor bounds. */
        BARE_BLOCKS
    }

    boolean hasBlocks() {
        return kind != Kind.CHANNELS;
    }

    private Scales scales() {
        return kind == Kind.BLOCKS ? Scales.BF16 : Scales.F32;
    }

    /** Bytes of a scale in packed weights. */
    int scaleBytes() {
        return kind == Kind.BLOCKS ? Short.BYTES : Float.BYTES;
    }

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return switch (kind) {
            case CHANNELS -> List.of(Int4ChannelKernelKernels.table());
            case BLOCKS -> List.of(Int4BlockKernelKernels.table(), Int4TiledKernelKernels.table());
            case BARE_BLOCKS -> List.of(Int4BareKernelKernels.table());
        };
    }

    @Override
    public Element lhsElement() {
        return Element.F32;
    }

    @Override
    public Element dstElement() {
        return Element.F32;
    }

    @Override
    public Depth depth(int k) {
        return hasBlocks() ? Depth.inBlocks(k, 32) : Depth.of(k);
    }

    @Override
    public List<Depth> depths() {
        return hasBlocks() ? Depth.blocks() : Depth.plain();
    }

    @Override
    public List<Shapes.Shape> shapes() {
        return hasBlocks() ? Shapes.blocks() : Shapes.plain();
    }

    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        final int width = (depth.k() + 1) / 2;
        final byte[] values = FormatUnderTest.bytes(n * width, 2);
        final int zeroPoint = (depth.k() + depth.k() / 64) % 2 * 8;
        final Weights bare = Weights.nByK(Matrix.of(values, n, width), new Weights.Nibbles(depth.k(), zeroPoint));
        final boolean bf16 = scales() == Scales.BF16;
        final float[] scales = samples.takeScales(n * depth.count(), 4, bf16 ? LARGEST_BF16 : Float.MAX_VALUE);
        if (bf16) {
            for (int i = 0; i < scales.length; i++) {
                scales[i] = Bf16.toFloat(Bf16.round(scales[i]));
            }
        }
        final Weights weights = scaled(bare, depth, scales);
        final boolean biased = kind != Kind.BARE_BLOCKS && (depth.k() + depth.k() / 32) % 2 == 1;
        return biased ? weights.withBias(samples.take(n, 3)) : weights;
    }

    private static Weights scaled(Weights weights, Depth depth, float... scales) {
        return depth.hasBlocks() ? weights.withBlockScales(depth.blockLength(), scales) : weights.withScales(scales);
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(
                hasBlocks()
                        ? Int4Reference.multiplyBlocks(lhs, weights, scales(), bounds.low(), bounds.high())
                        : Int4Reference.multiplyChannels(lhs, weights, bounds.low(), bounds.high()));
    }

    Int4Reference.Blocks quantize(Weights weights) {
        return hasBlocks() ? Int4Reference.blocks(weights, scales()) : Int4Reference.channels(weights);
    }

    @Override
    public List<List<Weights>> alike() {
        return hasBlocks()
                ? IntStream.of(32, 64, 128)
                        .mapToObj(length -> alike(new Depth(128, length)))
                        .toList()
                : List.of(alike(Depth.of(23)));
    }

    private List<Weights> alike(Depth depth) {
        final int n = 41;
        final int k = depth.k();
        final float[] floats = Samples.ORDINARY.take(n * k, 5);
        Arrays.fill(floats, 2 * k, 3 * k, 0f);
        final Weights rows = Weights.nByK(Matrix.of(floats, n, k));
        final Weights columns = Weights.kByN(Matrix.of(FormatUnderTest.turned(floats, n, k), k, n));
        final Weights given = depth.hasBlocks() ? rows.inBlocksOf(depth.blockLength()) : rows;
        final Int4Reference.Blocks quantized = quantize(given);
        final byte[] values = quantized.values();
        final byte[] turned = FormatUnderTest.turned(values, n, k);
        return Stream.concat(
                        Stream.of(given, depth.hasBlocks() ? columns.inBlocksOf(depth.blockLength()) : columns),
                        IntStream.of(0, 8).boxed().flatMap(zeroPoint -> Stream.of(
                                        Weights.nByK(
                                                nibbles(values, n, k, zeroPoint), new Weights.Nibbles(k, zeroPoint)),
                                        Weights.kByN(
                                                nibbles(turned, k, n, zeroPoint), new Weights.Nibbles(n, zeroPoint)))
                                .map(weights -> scaled(weights, depth, quantized.scales()))))
                .toList();
    }

    /** Rows of values from -8 to 7, two to a byte. */
    private static Matrix nibbles(byte[] values, int rows, int columns, int zeroPoint) {
        final int width = (columns + 1) / 2;
        final byte[] bytes = new byte[rows * width];
        for (int i = 0; i < rows * columns; i++) {
            final int column = i % columns;
            final int bits = (values[i] + zeroPoint) & 15;
            bytes[i / columns * width + column / 2] |= (byte) (bits << (column % 2 * 4));
        }
        return Matrix.of(bytes, rows, width);
    }

    @Override
    public List<Refusal> refusals() {
        final Weights withoutScales = Weights.nByK(Matrix.of(new byte[64], 2, 32), new Weights.Nibbles(64, 8));
        final Weights floats = Weights.nByK(Matrix.of(new float[64], 2, 32));
        final float[] infinite = new float[64];
        Arrays.fill(infinite, Float.POSITIVE_INFINITY);
        return Stream.concat(
                        Stream.of(
                                new Refusal(withoutScales, "scales: none"),
                                new Refusal(floats.withScales(1f, 1f), "f32 weights for"),
                                new Refusal(Weights.nByK(Matrix.of(infinite, 2, 32)), "expected finite"),
                                new Refusal(Weights.nByK(Matrix.of(new int[64], 2, 32)), "weights: int32")),
                        hasBlocks() ? refusedOfBlocks(withoutScales) : refusedOfChannels(withoutScales))
                .toList();
    }

    private Stream<Refusal> refusedOfBlocks(Weights withoutScales) {
        return Stream.of(
                new Refusal(withoutScales.withScales(1f), "scales: 1 value for channels"),
                new Refusal(Weights.nByK(Matrix.of(new float[66], 2, 33)), "k: 33 is no multiple"),
                new Refusal(
                        withoutScales.withBlockScales(32, 1f, 1f, 1f, 1f).withBlockMins(1f, 1f, 1f, 1f),
                        "mins: 4 values"),
                new Refusal(withoutScales.withBlockScales(64, 1f, Float.NaN), "block 0 of channel 1 has NaN"),
                kind == Kind.BLOCKS
                        ? new Refusal(withoutScales.withBlockScales(64, 1f, 0.1f), "BF16")
                        : new Refusal(withoutScales.withBlockScales(64, 1f, 1f).withBias(1f, 1f), "bias = false"));
    }

    private static Stream<Refusal> refusedOfChannels(Weights withoutScales) {
        final int width = MAX_K / 2 + 1;
        final Weights tooLong = Weights.nByK(Matrix.of(new byte[width], 1, width), new Weights.Nibbles(MAX_K + 1, 8));
        return Stream.of(
                new Refusal(withoutScales.withBlockScales(64, 1f, 1f), "scales: 2 values for blocks of 64"),
                new Refusal(withoutScales.withScales(1f, Float.NaN), "scales: channel 1 has NaN"),
                new Refusal(tooLong.withScales(1f), "could overflow"),
                new Refusal(Weights.nByK(Matrix.of(new byte[2], 2, 1), new Weights.Nibbles(2, 8)), "scales"));
    }

    @Override
    public List<Operands> hardest() {
        final Stream<Operands> extremes =
                Stream.of(1f, -1f).flatMap(sign -> Stream.of(extreme(sign, (byte) 0), extreme(sign, (byte) 0xff)));
        return Stream.concat(extremes, QuantizedRows.all(this, this::unit)).toList();
    }

    /** Products of the largest magnitude, all of one sign, for as many values as are let through. */
    private Operands extreme(float sign, byte weights) {
        final int k = hasBlocks() ? 512 : Shapes.FEW ? MAX_K / 16 : MAX_K;
        final float[] lhs = new float[k];
        Arrays.fill(lhs, sign);
        final byte[] values = new byte[(k + 1) / 2];
        Arrays.fill(values, weights);
        final Weights bare = Weights.nByK(Matrix.of(values, 1, values.length), new Weights.Nibbles(k, 8));
        return new Operands(
                "sum of extremes of " + sign,
                Matrix.of(lhs, 1, k),
                hasBlocks() ? bare.withBlockScales(256, 1f, 1f) : bare.withScales(1f));
    }

    private Weights unit(int k) {
        final int width = (k + 1) / 2;
        final byte[] unit = new byte[k * width];
        for (int i = 0; i < k; i++) {
            unit[i * width + i / 2] = (byte) (1 << (i % 2 * 4));
        }
        final Depth depth = depth(k);
        final float[] ones = new float[k * depth.count()];
        Arrays.fill(ones, 1f);
        return scaled(Weights.nByK(Matrix.of(unit, k, width), new Weights.Nibbles(k, 0)), depth, ones);
    }

    @Override
    public List<Bounds> bounds() {
        return kind == Kind.BARE_BLOCKS ? List.of() : Bounds.OF_FLOATS;
    }

    @Override
    public List<Bounds> refusedBounds() {
        return kind == Kind.BARE_BLOCKS ? Bounds.OF_FLOATS : List.of();
    }
}
