package dev.tilesmith.bench.peer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.tilesmith.bench.work.BatchProduct;
import dev.tilesmith.bench.work.Convolution;
import dev.tilesmith.bench.work.LayerOperands;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.StaticScales;
import dev.tilesmith.runtime.Conv2dShape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** ONNX models of a single layer: images and filters in the order NCHW, the only one that ONNX has. */
final class OnnxLayerGraph {
    private OnnxLayerGraph() {}

    /** {@code y = Conv(x, w)} in f32. */
    static byte[] conv(Convolution convolution, LayerOperands operands) {
        return OnnxGraph.model(ends(convolution, TensorProto.DataType.FLOAT)
                .addInitializer(OnnxGraph.constant(
                        OnnxGraph.WEIGHTS,
                        TensorProto.DataType.FLOAT,
                        planes(convolution, operands.weights(), Float.BYTES),
                        filters(convolution)))
                .addNode(windows(
                        convolution,
                        OnnxGraph.node("Conv", List.of(OnnxGraph.INPUT, OnnxGraph.WEIGHTS), OnnxGraph.OUTPUT))));
    }

    /** The operator of static quantization, from unsigned bytes to unsigned bytes. */
    static byte[] qLinearConv(Convolution convolution, LayerOperands operands) {
        final LayerOperands.StaticInt8 int8 = operands.staticInt8();
        final StaticScales scales = int8.scales();
        final int n = convolution.pixels().outputChannels();
        return OnnxGraph.model(ends(convolution, TensorProto.DataType.UINT8)
                .addInitializer(OnnxGraph.scalar("x_scale", scales.lhsScale()))
                .addInitializer(zeroPoint("x_zero", scales.lhsZeroPoint()))
                .addInitializer(OnnxGraph.constant(
                        OnnxGraph.WEIGHTS,
                        TensorProto.DataType.INT8,
                        planes(convolution, MemorySegment.ofArray(int8.filters().values()), Byte.BYTES),
                        filters(convolution)))
                .addInitializer(OnnxGraph.constant(
                        "w_scale",
                        TensorProto.DataType.FLOAT,
                        OnnxGraph.floats(int8.filters().scales()),
                        n))
                .addInitializer(
                        OnnxGraph.constant("w_zero", TensorProto.DataType.INT8, ByteBuffer.wrap(new byte[n]), n))
                .addInitializer(OnnxGraph.scalar("y_scale", scales.dstScale()))
                .addInitializer(zeroPoint("y_zero", scales.dstZeroPoint()))
                .addNode(windows(
                        convolution,
                        OnnxGraph.node(
                                "QLinearConv",
                                List.of(
                                        OnnxGraph.INPUT,
                                        "x_scale",
                                        "x_zero",
                                        OnnxGraph.WEIGHTS,
                                        "w_scale",
                                        "w_zero",
                                        "y_scale",
                                        "y_zero"),
                                OnnxGraph.OUTPUT))));
    }

    /** {@code y = x · w} for each head, or {@code x · wᵀ}, which ONNX Runtime makes of a MatMul behind a Transpose. */
    static byte[] products(BatchProduct product) {
        final Shape shape = product.shape();
        final NodeProto.Builder node =
                switch (product.right()) {
                    case KEYS ->
                        matMul("FusedMatMul")
                                .setDomain(OnnxGraph.MICROSOFT)
                                .addAttribute(OnnxGraph.integer("transB", 1));
                    case VALUES -> matMul("MatMul");
                };
        return OnnxGraph.model(GraphProto.newBuilder()
                .setName("products")
                .addInput(floats(OnnxGraph.INPUT, product, shape.m(), shape.k()))
                .addInput(floats(OnnxGraph.WEIGHTS, product, product.tokens(), product.width()))
                .addOutput(floats(OnnxGraph.OUTPUT, product, shape.m(), shape.n()))
                .addNode(node));
    }

    private static NodeProto.Builder matMul(String type) {
        return OnnxGraph.node(type, List.of(OnnxGraph.INPUT, OnnxGraph.WEIGHTS), OnnxGraph.OUTPUT);
    }

    private static ValueInfoProto floats(String name, BatchProduct product, int rows, int columns) {
        return OnnxGraph.value(name, TensorProto.DataType.FLOAT, product.heads(), rows, columns);
    }

    private static TensorProto zeroPoint(String name, int value) {
        return OnnxGraph.scalar(name, (byte) (value + StaticScales.UNSIGNED));
    }

    private static GraphProto.Builder ends(Convolution convolution, TensorProto.DataType type) {
        return GraphProto.newBuilder()
                .setName("convolution")
                .addInput(OnnxGraph.value(OnnxGraph.INPUT, type, src(convolution)))
                .addOutput(OnnxGraph.value(OnnxGraph.OUTPUT, type, dst(convolution)));
    }

    /** Extents of the images that are read. */
    static long[] src(Convolution convolution) {
        return new long[] {1, convolution.pixels().inputChannels(), convolution.height(), convolution.width()};
    }

    /** Extents of those that are written. */
    static long[] dst(Convolution convolution) {
        return new long[] {
            1, convolution.pixels().outputChannels(), convolution.outputHeight(), convolution.outputWidth()
        };
    }

    private static long[] filters(Convolution convolution) {
        final Conv2dShape pixels = convolution.pixels();
        return new long[] {
            pixels.outputChannels(),
            pixels.inputChannels() / pixels.groups(),
            pixels.kernelHeight(),
            pixels.kernelWidth()
        };
    }

    /** Filters in the order OIHW. */
    private static ByteBuffer planes(Convolution convolution, MemorySegment filters, int bytes) {
        final Conv2dShape pixels = convolution.pixels();
        return new Planes(
                        pixels.outputChannels(),
                        pixels.kernelHeight() * pixels.kernelWidth(),
                        pixels.inputChannels() / pixels.groups(),
                        bytes)
                .ofPixels(filters)
                .asByteBuffer();
    }

    private static NodeProto.Builder windows(Convolution convolution, NodeProto.Builder node) {
        final Conv2dShape pixels = convolution.pixels();
        return node.addAttribute(integers("kernel_shape", pixels.kernelHeight(), pixels.kernelWidth()))
                .addAttribute(integers("strides", pixels.strideHeight(), pixels.strideWidth()))
                .addAttribute(integers(
                        "pads",
                        convolution.paddingTop(),
                        convolution.paddingLeft(),
                        convolution.paddingBottom(),
                        convolution.paddingRight()))
                .addAttribute(OnnxGraph.integer("group", pixels.groups()));
    }

    private static AttributeProto.Builder integers(String name, long... values) {
        final AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (final long value : values) {
            attribute.addInts(value);
        }
        return attribute;
    }
}
