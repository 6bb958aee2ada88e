package dev.tilesmith.bench.work;

import dev.tilesmith.runtime.BlockLayout;
import dev.tilesmith.runtime.HugePageArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The operands of one product, off the heap and dense, as a caller has them.
 *
 * @param shape extents
 * @param lhs m × k floats, row after row
 * @param weights n × k floats: a row for each output channel
 * @param dst room for m × n floats
 * @param quantized what the weights were made of, where the operation has quantized ones; else empty
 * @param scales of the activations and results, where the operation has them in int8; else empty
 */
public record Operands(
        Shape shape,
        MemorySegment lhs,
        MemorySegment weights,
        MemorySegment dst,
        Optional<QuantizedWeights> quantized,
        Optional<StaticScales> scales) {
    private static final long ALIGNMENT = 64;

    /** By this much activations are greater that are to be quantized with a zero point: one of 0 would hide mistakes. */
    private static final float SHIFT = 0.25f;

    /**
     * Random operands, the same for the same shape; the result is NaN until it is computed. Where weights are quantized
     * they are exactly what {@link #channelWeights}, {@link #blockWeights} and the like have, and activations are not centred on 0.
     */
    public static Operands random(Operation operation, Shape shape) {
        if (!operation.isDefinedFor(shape)) {
            throw new IllegalArgumentException("shape: " + shape + "; expected k to be a multiple of "
                    + BlockWeights.LENGTH + " for " + operation.format());
        }
        final Operands operands = random(shape);
        return switch (operation) {
            case F32_MATMUL -> operands;
            case INT8_MATMUL -> operands.quantized(ChannelWeights.quantize(operands.weights, shape.n(), shape.k()));
            case STATIC_INT8_MATMUL ->
                operands.quantized(ChannelWeights.quantize(operands.weights, shape.n(), shape.k()))
                        .calibrated();
            case INT4_MATMUL -> operands.quantized(BlockWeights.quantize(operands.weights, shape.n(), shape.k()));
            case Q8_0_MATMUL -> operands.inBlocks(BlockLayout.Q8_0);
            case Q4_0_MATMUL -> operands.inBlocks(BlockLayout.Q4_0);
            case Q4_1_MATMUL -> operands.inBlocks(BlockLayout.Q4_1);
            case F16_MATMUL -> operands.rounded(HalfWeights.Type.F16);
            case BF16_MATMUL -> operands.rounded(HalfWeights.Type.BF16);
            case F16_ROWS_MATMUL -> operands.rounded(HalfWeights.Type.F16).withRoundedRows();
            case BF16_ROWS_MATMUL -> operands.rounded(HalfWeights.Type.BF16).withRoundedRows();
        };
    }

    private Operands inBlocks(BlockLayout layout) {
        return quantized(GgmlBlocks.quantize(layout, weights, shape.n(), shape.k()));
    }

    private Operands rounded(HalfWeights.Type type) {
        return quantized(HalfWeights.round(type, weights, shape.n(), shape.k()));
    }

    /** The same with activations that {@link #halfRows} has exactly. */
    private Operands withRoundedRows() {
        halves().dequantizeInto(lhs);
        return this;
    }

    private HalfWeights halves() {
        return HalfWeights.round(halfWeights().type(), lhs, shape.m(), shape.k());
    }

    private Operands quantized(QuantizedWeights values) {
        values.dequantizeInto(weights);
        shift(lhs);
        return new Operands(shape, lhs, weights, dst, Optional.of(values), scales);
    }

    private Operands calibrated() {
        return new Operands(
                shape,
                lhs,
                weights,
                dst,
                quantized,
                Optional.of(StaticScales.calibrate(lhs, new DoubleReference(this))));
    }

    /** The same operands with the weights at another place. */
    public Operands withCopiedWeights() {
        return new Operands(shape, lhs, floats((long) shape.n() * shape.k()).copyFrom(weights), dst, quantized, scales);
    }

    /** The weights in int8, with the scale of each output channel. */
    public ChannelWeights channelWeights() {
        return quantized(ChannelWeights.class);
    }

    /** The weights in int4, with the scale of each block. */
    public BlockWeights blockWeights() {
        return quantized(BlockWeights.class);
    }

    /** The weights in ggml's blocks. */
    public GgmlBlocks ggmlBlocks() {
        return quantized(GgmlBlocks.class);
    }

    /** The weights in sixteen bits each. */
    public HalfWeights halfWeights() {
        return quantized(HalfWeights.class);
    }

    /** The activations in sixteen bits each, as the weights are: m x k values. */
    public MemorySegment halfRows() {
        return halves().bytes();
    }

    /** Scales and zero points of the activations and results. */
    public StaticScales staticScales() {
        return scales.orElseThrow(() -> new IllegalStateException("operands of another operation: no scales"));
    }

    private <Q extends QuantizedWeights> Q quantized(Class<Q> type) {
        return quantized
                .filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new IllegalStateException(
                        "operands of another operation: " + quantized + "; expected " + type.getSimpleName()));
    }

    /** Values evenly spread over [-1, 1), the same for the same shape; the result is NaN until it is computed. */
    public static Operands random(Shape shape) {
        final SplittableRandom random = new SplittableRandom(shape.hashCode());
        final MemorySegment dst = floats((long) shape.m() * shape.n());
        final Operands operands = new Operands(
                shape,
                filled((long) shape.m() * shape.k(), random),
                filled((long) shape.n() * shape.k(), random),
                dst,
                Optional.empty(),
                Optional.empty());
        clear(dst);
        return operands;
    }

    /** Room for {@code count} floats, that lives as long as it is reachable, in huge pages where it is large. */
    public static MemorySegment floats(long count) {
        return HugePageArena.in(Arena.ofAuto()).allocate(count * Float.BYTES, ALIGNMENT);
    }

    /** The weights the other way round: k × n floats. */
    public MemorySegment weightsByK() {
        return transposed(weights, shape.n(), shape.k());
    }

    /** Sets every float to NaN. */
    public static void clear(MemorySegment segment) {
        segment.fill((byte) 0xff);
    }

    /** One float. */
    public static float get(MemorySegment segment, long index) {
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    /** Moves activations away from 0. */
    static void shift(MemorySegment activations) {
        for (long i = 0; i < activations.byteSize() / Float.BYTES; i++) {
            activations.setAtIndex(ValueLayout.JAVA_FLOAT, i, get(activations, i) + SHIFT);
        }
    }

    /** Floats evenly spread over [-1, 1), the same for the same seed. */
    static MemorySegment filled(long count, long seed) {
        return filled(count, new SplittableRandom(seed));
    }

    private static MemorySegment filled(long count, SplittableRandom random) {
        final MemorySegment segment = floats(count);
        for (long i = 0; i < count; i++) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (random.nextInt() >> 8) * 0x1p-23f);
        }
        return segment;
    }

    private static MemorySegment transposed(MemorySegment source, int rows, int columns) {
        final int block = 16; // a cache line of floats either way
        final MemorySegment target = floats((long) rows * columns);
        for (int i0 = 0; i0 < rows; i0 += block) {
            for (int j0 = 0; j0 < columns; j0 += block) {
                for (int i = i0; i < Math.min(i0 + block, rows); i++) {
                    for (int j = j0; j < Math.min(j0 + block, columns); j++) {
                        target.setAtIndex(
                                ValueLayout.JAVA_FLOAT, (long) j * rows + i, get(source, (long) i * columns + j));
                    }
                }
            }
        }
        return target;
    }
}
