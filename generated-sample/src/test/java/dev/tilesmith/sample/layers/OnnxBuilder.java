package dev.tilesmith.sample.layers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** A small ONNX file, built node by node; a value's name is that of its node. The image is {@code x}. */
final class OnnxBuilder {
    private static final int OPSET = 12;
    private static final int IR_VERSION = 7;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");
    private final Random random = new Random(1);

    /** What a node says besides its inputs. */
    record Attribute(String name, Object value) {
        private AttributeProto proto() {
            final AttributeProto.Builder builder = AttributeProto.newBuilder().setName(name);
            return switch (value) {
                case Long number ->
                    builder.setType(AttributeProto.AttributeType.INT)
                            .setI(number)
                            .build();
                case Float number ->
                    builder.setType(AttributeProto.AttributeType.FLOAT)
                            .setF(number)
                            .build();
                case String word ->
                    builder.setType(AttributeProto.AttributeType.STRING)
                            .setS(ByteString.copyFromUtf8(word))
                            .build();
                case long[] numbers ->
                    builder.setType(AttributeProto.AttributeType.INTS)
                            .addAllInts(LongStream.of(numbers).boxed().toList())
                            .build();
                default -> throw new AssertionError(value);
            };
        }
    }

    static Attribute integers(String name, long... values) {
        return new Attribute(name, values);
    }

    static Attribute integer(String name, long value) {
        return new Attribute(name, value);
    }

    static Attribute number(String name, float value) {
        return new Attribute(name, value);
    }

    static Attribute word(String name, String value) {
        return new Attribute(name, value);
    }

    /** A node with one output, which has the name that is returned. */
    String node(String type, List<String> inputs, Attribute... attributes) {
        final String name = type + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(type)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(Arrays.stream(attributes).map(Attribute::proto).toList()));
        return name;
    }

    /** A constant of random values between -1 and 1. */
    String random(long... shape) {
        final float[] values = new float[Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return constant(values, shape);
    }

    /** A constant of random values between 0.5 and 1.5, which variances can be. */
    String positive(long... shape) {
        final float[] values = new float[Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + random.nextFloat();
        }
        return constant(values, shape);
    }

    String scalar(float value) {
        return constant(new float[] {value});
    }

    String constant(float[] values, long... shape) {
        final String name = "constant" + graph.getInitializerCount();
        final TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(LongStream.of(shape).boxed().toList());
        for (final float value : values) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return name;
    }

    String integerConstant(long... values) {
        final String name = "constant" + graph.getInitializerCount();
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length)
                .addAllInt64Data(LongStream.of(values).boxed().toList()));
        return name;
    }

    /** The file: images of {@code channels} channels go in, {@code output} comes out. */
    byte[] file(int channels, String output) {
        final TypeProto.Tensor type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(TensorShapeProto.newBuilder()
                        .addDim(dimension("n"))
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels))
                        .addDim(dimension("h"))
                        .addDim(dimension("w")))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph.clone()
                        .addInput(ValueInfoProto.newBuilder()
                                .setName("x")
                                .setType(TypeProto.newBuilder().setTensorType(type)))
                        .addOutput(ValueInfoProto.newBuilder().setName(output)))
                .build()
                .toByteArray();
    }

    private static TensorShapeProto.Dimension dimension(String name) {
        return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
    }
}
