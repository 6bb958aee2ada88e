package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The operands of one layer, off the heap and dense.
 *
 * @param format in what it is computed
 * @param layer which
 * @param src floats of images in the order NHWC, or of matrices one after the other
 * @param weights floats of filters in the order OHWI, or of matrices one after the other
 * @param dst room for the results, as {@code src} is ordered
 * @param int8 what activations and filters are in int8, where they are; else empty
 */
public record LayerOperands(
        LayerFormat format,
        Layer layer,
        MemorySegment src,
        MemorySegment weights,
        MemorySegment dst,
        Optional<StaticInt8> int8) {
    /**
     * What the floats are in int8, exactly.
     *
     * @param filters and their scales
     * @param scales of activations and results
     */
    public record StaticInt8(ChannelWeights filters, StaticScales scales) {}

    /** Random operands, the same for the same layer; the result is NaN until it is computed. */
    public static LayerOperands random(LayerWork work) {
        final Layer layer = work.layer();
        final LayerOperands floats = new LayerOperands(
                work.format(),
                layer,
                Operands.filled(layer.srcFloats(), layer.toString().hashCode()),
                Operands.filled(layer.weightsFloats(), layer.operations()),
                Operands.floats(layer.rows() * layer.shape().n()),
                Optional.empty());
        Operands.clear(floats.dst);
        return switch (work.format()) {
            case F32 -> floats;
            case STATIC_INT8 -> floats.quantized();
        };
    }

    private LayerOperands quantized() {
        final Shape shape = layer.shape();
        final ChannelWeights filters = ChannelWeights.quantize(weights, shape.n(), shape.k());
        filters.dequantizeInto(weights);
        Operands.shift(src);
        final StaticScales scales = StaticScales.calibrate(src, new DoubleReference(this));
        return new LayerOperands(format, layer, src, weights, dst, Optional.of(new StaticInt8(filters, scales)));
    }

    /** The int8 that all is in. */
    public StaticInt8 staticInt8() {
        return int8.orElseThrow(() -> new IllegalStateException("operands of another format: no int8"));
    }
}
