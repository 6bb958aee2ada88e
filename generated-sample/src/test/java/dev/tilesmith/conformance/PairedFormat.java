package dev.tilesmith.conformance;

import dev.tilesmith.reference.BlockReference;
import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows and weights that have scales for the same blocks.
 *
 * @param kind what the weights are
 */
record PairedFormat(Kind kind) implements FormatUnderTest {
    private static final int BLOCK = BlockReference.BLOCK;

    /** One block, an odd number, and one more than a chunk of 512 values. */
    private static final List<Depth> DEPTHS =
            Stream.of(32, 96, 544).map(k -> new Depth(k, BLOCK)).toList();

    /** What the weights are, and whether kernels take a bias and bounds. */
    enum Kind {
        /** Q4_0. */
        INT4(BlockReference.Kind.QSI4C32),
        /** Q4_0; neither bias nor bounds. */
        BARE_INT4(BlockReference.Kind.QSI4C32),
        /** Q4_1. */
        INT4_WITH_MINS(BlockReference.Kind.QAI4C32),
        /** Q8_0. */
        INT8(BlockReference.Kind.QSI8D32);

        private final BlockReference.Kind weights;

        Kind(BlockReference.Kind weights) {
            this.weights = weights;
        }
    }

    private boolean isInt8() {
        return kind == Kind.INT8;
    }

    private boolean hasMins() {
        return kind == Kind.INT4_WITH_MINS;
    }

    /** Bytes of a block of a column. */
    int blockBytes() {
        return isInt8() ? BLOCK + Short.BYTES : BLOCK / 2 + (hasMins() ? 2 * Short.BYTES : Short.BYTES);
    }

    @Override
    public List<DispatchTable<? extends MatMulKernel>> tables() {
        return switch (kind) {
            case INT4 -> List.of(PairedInt4KernelKernels.table());
            case BARE_INT4 -> List.of(PairedBareKernelKernels.table());
            case INT4_WITH_MINS -> List.of(PairedMinsKernelKernels.table(), PairedTiledKernelKernels.table());
            case INT8 -> List.of(PairedInt8KernelKernels.table());
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
        return Depth.inBlocks(k, BLOCK);
    }

    @Override
    public List<Depth> depths() {
        return DEPTHS;
    }

    @Override
    public List<Shapes.Shape> shapes() {
        return Shapes.blocks().stream()
                .filter(shape -> shape.depth().blockLength() == BLOCK)
                .toList();
    }

    @Override
    public Weights weights(int n, Depth depth, Samples samples) {
        final int k = depth.k();
        final Weights bare = ofBytes(FormatUnderTest.bytes(n * (isInt8() ? k : k / 2), 2), n, k, k / BLOCK % 2 * 8);
        final Weights scaled =
                scaled(bare, f16(samples.take(n * depth.count(), 4)), f16(samples.take(n * depth.count(), 6)));
        return kind != Kind.BARE_INT4 && k / BLOCK % 3 != 0 ? scaled.withBias(samples.take(n, 3)) : scaled;
    }

    private Weights ofBytes(byte[] values, int rows, int columns, int zeroPoint) {
        return isInt8()
                ? Weights.nByK(Matrix.of(values, rows, columns))
                : Weights.nByK(
                        Matrix.of(values, rows, columns / 2), new Weights.Nibbles(columns, hasMins() ? 0 : zeroPoint));
    }

    private Weights scaled(Weights weights, short[] scales, short... mins) {
        final Weights scaled = weights.withF16BlockScales(scales);
        return hasMins() ? scaled.withF16BlockMins(mins) : scaled;
    }

    /** The nearest values of binary16; in place of what is not finite, the largest. */
    private static short[] f16(float... values) {
        final short[] bits = new short[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToFloat16(values[i]);
            if (!Float.isFinite(Float.float16ToFloat(bits[i]))) {
                bits[i] = Float.floatToFloat16(Math.copySign(65504f, values[i]));
            }
        }
        return bits;
    }

    @Override
    public int[] multiply(Matrix lhs, Weights weights, Bounds bounds) {
        return Element.bits(BlockReference.multiply(lhs, weights, kind.weights, bounds.low(), bounds.high()));
    }

    @Override
    public List<List<Weights>> alike() {
        final int n = 42;
        final int k = 96;
        final float[] floats = Samples.ORDINARY.take(n * k, 5);
        Arrays.fill(floats, 2 * k, 3 * k, 0f);
        final Weights rows = Weights.nByK(Matrix.of(floats, n, k));
        final BlockReference.Blocks blocks = BlockReference.blocks(rows, kind.weights);
        final byte[] turned = FormatUnderTest.turned(blocks.values(), n, k);
        final Stream<Weights> given = isInt8()
                ? Stream.of(Weights.nByK(Matrix.of(blocks.values(), n, k)), Weights.kByN(Matrix.of(turned, k, n)))
                : Stream.of(0, 8)
                        .filter(zeroPoint -> zeroPoint == 0 || !hasMins())
                        .flatMap(zeroPoint -> Stream.of(
                                Weights.nByK(
                                        nibbles(blocks.values(), n, k, zeroPoint), new Weights.Nibbles(k, zeroPoint)),
                                Weights.kByN(nibbles(turned, k, n, zeroPoint), new Weights.Nibbles(n, zeroPoint))));
        final short[] scales = f16(blocks.scales());
        final short[] mins = f16(blocks.mins());
        return List.of(Stream.concat(
                        Stream.of(
                                rows,
                                rows.inBlocksOf(BLOCK),
                                asInAFile(blocks, n, k),
                                Weights.kByN(Matrix.of(FormatUnderTest.turned(floats, n, k), k, n))),
                        given.map(weights -> scaled(weights, scales, mins)))
                .toList());
    }

    /** The blocks as ggml has them, each with its scale and, where there is one, its minimum. */
    private Weights asInAFile(BlockReference.Blocks blocks, int n, int k) {
        final BlockLayout layout = isInt8() ? BlockLayout.Q8_0 : hasMins() ? BlockLayout.Q4_1 : BlockLayout.Q4_0;
        final ByteBuffer file =
                ByteBuffer.allocateDirect(n * (int) layout.rowBytes(k)).order(ByteOrder.LITTLE_ENDIAN);
        for (int b = 0; b < blocks.scales().length; b++) {
            file.putShort(Float.floatToFloat16(blocks.scales()[b]));
            if (hasMins()) {
                file.putShort(Float.floatToFloat16(blocks.mins()[b]));
            }
            for (int i = 0; i < (isInt8() ? BLOCK : BLOCK / 2); i++) {
                final int low = blocks.values()[b * BLOCK + i] + layout.zeroPoint();
                final int high = isInt8() ? 0 : blocks.values()[b * BLOCK + BLOCK / 2 + i] + layout.zeroPoint();
                file.put((byte) (low | (high << 4)));
            }
        }
        return Weights.ofBlocks(layout, MemorySegment.ofBuffer(file.flip()), 0, n, k);
    }

    private static Matrix nibbles(byte[] values, int rows, int columns, int zeroPoint) {
        final byte[] bytes = new byte[rows * columns / 2];
        for (int i = 0; i < rows * columns; i++) {
            bytes[i / 2] |= (byte) (((values[i] + zeroPoint) & 15) << (i % 2 * 4));
        }
        return Matrix.of(bytes, rows, columns / 2);
    }

    @Override
    public List<Refusal> refusals() {
        final short[] ones = f16(filled(2, 1f));
        final Weights bare = ofBytes(new byte[isInt8() ? 64 : 32], 2, 32, 0);
        final Weights right = scaled(bare, ones, ones);
        final Weights ofOtherBits = isInt8()
                ? Weights.nByK(Matrix.of(new byte[32], 2, 16), new Weights.Nibbles(32, 0))
                : Weights.nByK(Matrix.of(new byte[64], 2, 32));
        final Stream<Refusal> common = Stream.of(
                new Refusal(bare, "scales: none"),
                new Refusal(bare.withScales(1f), "scales: 1 value for channels"),
                new Refusal(bare.withScales(1f, 1f), "scales: 2 values for channels"),
                new Refusal(scaled(ofOtherBits, ones, ones), "bits"),
                new Refusal(Weights.nByK(Matrix.of(new int[64], 2, 32)), "weights: int32"),
                new Refusal(Weights.nByK(Matrix.of(filled(66, 1f), 2, 33)), "k: 33 is no multiple"),
                new Refusal(Weights.nByK(Matrix.of(filled(128, 1f), 2, 64)).inBlocksOf(64), "blockLength: 64"),
                new Refusal(Weights.nByK(Matrix.of(filled(64, Float.POSITIVE_INFINITY), 2, 32)), "expected finite"),
                new Refusal(Weights.nByK(Matrix.of(ramp(3e38f), 2, 32)), "beyond binary16"),
                new Refusal(
                        bare.withBlockScales(32, 1f, 0.1f),
                        hasMins() ? "mins" : "scales: block 0 of channel 1 has 0.1"),
                new Refusal(
                        scaled(bare, f16(1f, 1f), ones).withBlockScales(32, 1f, Float.POSITIVE_INFINITY),
                        "scales: block 0 of channel 1 has Infinity"));
        final Stream<Refusal> own =
                switch (kind) {
                    case INT4_WITH_MINS ->
                        Stream.of(
                                new Refusal(bare.withF16BlockScales(ones), "mins: none"),
                                new Refusal(right.withBlockMins(1f, 0.1f), "mins: block 0 of channel 1 has 0.1"),
                                new Refusal(
                                        scaled(
                                                Weights.nByK(
                                                        Matrix.of(new byte[32], 2, 16), new Weights.Nibbles(32, 8)),
                                                ones,
                                                ones),
                                        "zeroPoint: 8"));
                    case BARE_INT4 -> Stream.of(new Refusal(right.withBias(1f, 1f), "bias = false"));
                    case INT4, INT8 -> Stream.of(new Refusal(right.withF16BlockMins(ones), "mins: 2 values"));
                };
        return Stream.concat(common, own).toList();
    }

    private static float[] filled(int count, float value) {
        final float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Values that differ, of which the first of each block is {@code first}. */
    private static float[] ramp(float first) {
        final float[] values = new float[64];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % BLOCK == 0 ? first : -first / (i + 1);
        }
        return values;
    }

    /** The largest sums of a block, and rows whose values lie on and beside ties, by a unit matrix. */
    @Override
    public List<Operands> hardest() {
        final Stream<Operands> extremes = Stream.of(1f, -1f)
                .flatMap(sign -> Stream.of((byte) 0x80, (byte) 0, (byte) 0xff).map(value -> extreme(sign, value)));
        final Stream<Operands> ties = Stream.of(1f, 0.125f, 0.1f, 300f)
                .map(scale -> new Operands("ties at a scale of " + scale, ties(scale), unit(BLOCK)));
        return Stream.of(extremes, ties, QuantizedRows.all(this, this::unit))
                .flatMap(operands -> operands)
                .toList();
    }

    /** Halves of the steps of a scale, and the floats beside them, a block to a row. */
    private static Matrix ties(float scale) {
        final int rows = 26;
        final float[] values = new float[rows * BLOCK];
        for (int i = 0; i < values.length; i++) {
            final int half = i / BLOCK * (BLOCK - 1) + i % BLOCK - 1;
            final float tie = (half / 3 - 127 + 0.5f) * scale;
            final float near = half % 3 == 0 ? tie : half % 3 == 1 ? Math.nextUp(tie) : Math.nextDown(tie);
            values[i] = i % BLOCK == 0 ? 127f * scale : Math.clamp(near, -127f * scale, 127f * scale);
        }
        return Matrix.of(values, rows, BLOCK);
    }

    private Operands extreme(float sign, byte value) {
        final byte[] values = new byte[isInt8() ? BLOCK : BLOCK / 2];
        Arrays.fill(values, value);
        final short[] ones = f16(1f);
        return new Operands(
                "a block of " + value + " by " + sign,
                Matrix.of(filled(BLOCK, sign), 1, BLOCK),
                scaled(ofBytes(values, 1, BLOCK, 8), ones, ones));
    }

    private Weights unit(int k) {
        final byte[] unit = new byte[isInt8() ? k * k : k * k / 2];
        for (int i = 0; i < k; i++) {
            if (isInt8()) {
                unit[i * k + i] = 1;
            } else {
                unit[i * (k / 2) + i / 2] = (byte) (1 << (i % 2 * 4));
            }
        }
        final short[] ones = f16(filled(k * (k / BLOCK), 1f));
        return scaled(ofBytes(unit, k, k, 0), ones, new short[ones.length]);
    }

    @Override
    public List<Bounds> bounds() {
        return kind == Kind.BARE_INT4 ? List.of() : Bounds.OF_FLOATS;
    }

    @Override
    public List<Bounds> refusedBounds() {
        return kind == Kind.BARE_INT4 ? Bounds.OF_FLOATS : List.of();
    }
}
