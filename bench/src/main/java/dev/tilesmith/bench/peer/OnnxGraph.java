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
import dev.tilesmith.bench.work.ChannelWeights;
import dev.tilesmith.bench.work.Operands;
import dev.tilesmith.bench.work.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** ONNX models of a single product: activations in, weights as a constant. */
final class OnnxGraph {
    static final String INPUT = "x";
    static final String OUTPUT = "y";

    private static final String WEIGHTS = "w";
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final AttributeProto TO_FLOAT = AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeProto.AttributeType.INT)
            .setI(TensorProto.DataType.FLOAT.getNumber())
            .build();

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
        final ByteBuffer scales = ByteBuffer.allocate(shape.n() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        scales.asFloatBuffer().put(channels.scales());
        return model(graph(shape)
                .addInitializer(constant(
                        WEIGHTS, TensorProto.DataType.INT8, ByteBuffer.wrap(channels.byK()), shape.k(), shape.n()))
                .addInitializer(constant("w_scale", TensorProto.DataType.FLOAT, scales, shape.n()))
                .addInitializer(
                        constant("w_zero", TensorProto.DataType.INT8, ByteBuffer.wrap(new byte[shape.n()]), shape.n()))
                .addNode(node("DynamicQuantizeLinear", List.of(INPUT), "x_quantized", "x_scale", "x_zero"))
                .addNode(node("MatMulInteger", List.of("x_quantized", WEIGHTS, "x_zero", "w_zero"), "sums"))
                .addNode(node("Cast", List.of("sums"), "float_sums").addAttribute(TO_FLOAT))
                .addNode(node("Mul", List.of("x_scale", "w_scale"), "scale"))
                .addNode(node("Mul", List.of("float_sums", "scale"), OUTPUT)));
    }

    private static GraphProto.Builder graph(Shape shape) {
        return GraphProto.newBuilder()
                .setName("matmul")
                .addInput(value(INPUT, shape.m(), shape.k()))
                .addOutput(value(OUTPUT, shape.m(), shape.n()));
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String type, List<String> inputs, String... outputs) {
        return NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addAllOutput(List.of(outputs));
    }

    private static TensorProto constant(String name, TensorProto.DataType type, ByteBuffer data, long... extents) {
        final TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(UnsafeByteOperations.unsafeWrap(data));
        for (final long extent : extents) {
            tensor.addDims(extent);
        }
        return tensor.build();
    }

    private static ValueInfoProto value(String name, int rows, int columns) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(rows))
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(columns)))))
                .build();
    }
}
