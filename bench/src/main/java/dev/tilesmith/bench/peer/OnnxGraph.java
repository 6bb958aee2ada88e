package dev.tilesmith.bench.peer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.tilesmith.bench.work.BlockWeights;
import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import dev.tilesmith.bench.work.StaticScales;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** ONNX models of a single product: activations in, weights as a constant. */
final class OnnxGraph {
    static final String INPUT = "x";
    static final String OUTPUT = "y";

    static final String WEIGHTS = "w";
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    static final String MICROSOFT = "com.microsoft";
    /** MatMulNBits' accuracy_level 4. */
    private static final int INT8_ACTIVATIONS = 4;

    private OnnxGraph() {}

    /** {@code y = MatMul(x, w)} in f32. */
    static byte[] matMul(Operands operands) {
        final Shape shape = operands.shape();
        return model(graph(shape)
                .addInitializer(constant(
                        WEIGHTS,
                        TensorProto.DataType.FLOAT,
                        operands.weightsByK().asByteBuffer(),
                        shape.k(),
                        shape.n()))
                .addNode(node("MatMul", List.of(INPUT, WEIGHTS), OUTPUT)));
    }

    /**
     * {@code y = float(quantize(x) · w) * (scale of x * scales of w)}, the nodes that dynamic quantization makes of a
     * MatMul, and that ONNX Runtime makes one of.
     */
    static byte[] dynamicallyQuantized(Operands operands) {
        final Shape shape = operands.shape();
        final ChannelWeights channels = operands.channelWeights();
        return model(graph(shape)
                .addInitializer(constant(
                        WEIGHTS, TensorProto.DataType.INT8, ByteBuffer.wrap(channels.byK()), shape.k(), shape.n()))
                .addInitializer(constant("w_scale", TensorProto.DataType.FLOAT, floats(channels.scales()), shape.n()))
                .addInitializer(
                        constant("w_zero", TensorProto.DataType.INT8, ByteBuffer.wrap(new byte[shape.n()]), shape.n()))
                .addNode(node("DynamicQuantizeLinear", List.of(INPUT), "x_quantized", "x_scale", "x_zero"))
                .addNode(node("MatMulInteger", List.of("x_quantized", WEIGHTS, "x_zero", "w_zero"), "sums"))
                .addNode(node("Cast", List.of("sums"), "float_sums")
                        .addAttribute(integer("to", TensorProto.DataType.FLOAT.getNumber())))
                .addNode(node("Mul", List.of("x_scale", "w_scale"), "scale"))
                .addNode(node("Mul", List.of("float_sums", "scale"), OUTPUT)));
    }

    /**
     * {@code y = round((x - zero of x) · w * (scale of x * scales of w / scale of y)) + zero of y}, the operator of static
     * quantization, on unsigned bytes, for which x86 has the instruction.
     */
    static byte[] qLinearMatMul(Operands operands) {
        final Shape shape = operands.shape();
        final ChannelWeights channels = operands.channelWeights();
        final StaticScales scales = operands.staticScales();
        return model(graph(shape, TensorProto.DataType.UINT8)
                .addInitializer(scalar("x_scale", scales.lhsScale()))
                .addInitializer(scalar("x_zero", (byte) (scales.lhsZeroPoint() + StaticScales.UNSIGNED)))
                .addInitializer(constant(
                        WEIGHTS, TensorProto.DataType.INT8, ByteBuffer.wrap(channels.byK()), shape.k(), shape.n()))
                .addInitializer(constant("w_scale", TensorProto.DataType.FLOAT, floats(channels.scales()), shape.n()))
                .addInitializer(
                        constant("w_zero", TensorProto.DataType.INT8, ByteBuffer.wrap(new byte[shape.n()]), shape.n()))
                .addInitializer(scalar("y_scale", scales.dstScale()))
                .addInitializer(scalar("y_zero", (byte) (scales.dstZeroPoint() + StaticScales.UNSIGNED)))
                .addNode(node(
                        "QLinearMatMul",
                        List.of(INPUT, "x_scale", "x_zero", WEIGHTS, "w_scale", "w_zero", "y_scale", "y_zero"),
                        OUTPUT)));
    }

    static TensorProto scalar(String name, float value) {
        return constant(name, TensorProto.DataType.FLOAT, floats(new float[] {value}));
    }

    static TensorProto scalar(String name, byte value) {
        return constant(name, TensorProto.DataType.UINT8, ByteBuffer.wrap(new byte[] {value}));
    }

    /**
     * {@code y = x · (w * scales of w)}, where w has four bits, and x may be quantized to eight, block by block: ONNX
     * Runtime's own operator, at the accuracy level that allows this.
     */
    static byte[] matMulNBits(Operands operands) {
        final Shape shape = operands.shape();
        final BlockWeights blocks = operands.blockWeights();
        final int blocksOfChannel = shape.k() / BlockWeights.LENGTH;
        return model(graph(shape)
                .addInitializer(constant(
                        WEIGHTS,
                        TensorProto.DataType.UINT8,
                        ByteBuffer.wrap(blocks.nibbles(BlockWeights.Pairing.NEIGHBOURS)),
                        shape.n(),
                        blocksOfChannel,
                        BlockWeights.LENGTH / 2))
                .addInitializer(constant(
                        "w_scale",
                        TensorProto.DataType.FLOAT,
                        floats(blocks.scales()),
                        (long) shape.n() * blocksOfChannel))
                .addNode(node("MatMulNBits", List.of(INPUT, WEIGHTS, "w_scale"), OUTPUT)
                        .setDomain(MICROSOFT)
                        .addAttribute(integer("K", shape.k()))
                        .addAttribute(integer("N", shape.n()))
                        .addAttribute(integer("bits", 4))
                        .addAttribute(integer("block_size", BlockWeights.LENGTH))
                        .addAttribute(integer("accuracy_level", INT8_ACTIVATIONS))));
    }

    static ByteBuffer floats(float[] values) {
        final ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    static AttributeProto.Builder integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value);
    }

    private static GraphProto.Builder graph(Shape shape) {
        return graph(shape, TensorProto.DataType.FLOAT);
    }

    private static GraphProto.Builder graph(Shape shape, TensorProto.DataType type) {
        return GraphProto.newBuilder()
                .setName("matmul")
                .addInput(value(INPUT, type, shape.m(), shape.k()))
                .addOutput(value(OUTPUT, type, shape.m(), shape.n()));
    }

    static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    static NodeProto.Builder node(String type, List<String> inputs, String... outputs) {
        return NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addAllOutput(List.of(outputs));
    }

    static TensorProto constant(String name, TensorProto.DataType type, ByteBuffer data, long... extents) {
        final TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(UnsafeByteOperations.unsafeWrap(data));
        for (final long extent : extents) {
            tensor.addDims(extent);
        }
        return tensor.build();
    }

    /** A tensor that comes in or goes out. */
    static ValueInfoProto value(String name, TensorProto.DataType type, long... extents) {
        final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (final long extent : extents) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
