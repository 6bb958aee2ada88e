package dev.tilesmith.sample.encoder;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.tilesmith.sample.model.EncoderLayer;
import dev.tilesmith.sample.model.LayerNorm;
import dev.tilesmith.sample.model.Projection;
import java.util.List;

/** One encoder layer as an f32 ONNX graph on the dequantized weights: input {@code x}, tokens × hidden; output {@code y}. */
final class OnnxLayer {
    private static final int OPSET = 17;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("layer");
    private int names;

    /** The bytes of the model. */
    static byte[] model(EncoderLayer layer, int heads, int headWidth) {
        final OnnxLayer made = new OnnxLayer();
        made.build(layer, heads, headWidth);
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(made.graph)
                .build()
                .toByteArray();
    }

    private void build(EncoderLayer layer, int heads, int headWidth) {
        final int hidden = heads * headWidth;
        graph.addInput(matrix("x", hidden));
        graph.addOutput(matrix("y", hidden));
        final String query = transpose(heads(linear("x", layer.query()), heads, headWidth), 1, 0, 2);
        final String key = transpose(heads(linear("x", layer.key()), heads, headWidth), 1, 2, 0);
        final String value = transpose(heads(linear("x", layer.value()), heads, headWidth), 1, 0, 2);
        final String scores = node("Div", node("MatMul", query, key), scalar((float) Math.sqrt(headWidth)));
        final String weights = node("Softmax", List.of(scores), integer("axis", -1));
        final String context = transpose(node("MatMul", weights, value), 1, 0, 2);
        final String rows = node("Reshape", context, integers(0, hidden));
        final String attended = norm(node("Add", linear(rows, layer.attentionOutput()), "x"), layer.attentionNorm());
        final String inner = linear(attended, layer.feedForwardIn());
        final String erf = node("Erf", node("Div", inner, scalar((float) Math.sqrt(2))));
        final String gelu = node("Mul", node("Mul", inner, node("Add", erf, scalar(1))), scalar(0.5f));
        final String output = norm(node("Add", linear(gelu, layer.feedForwardOut()), attended), layer.outputNorm());
        graph.addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput(output).addOutput("y"));
    }

    private String linear(String input, Projection layer) {
        final String weights = floats(
                layer.weights().dequantized(),
                layer.weights().k(),
                layer.weights().n());
        return node("Add", node("MatMul", input, weights), floats(layer.bias(), layer.bias().length));
    }

    private String heads(String rows, int heads, int headWidth) {
        return node("Reshape", rows, integers(0, heads, headWidth));
    }

    private String transpose(String value, long... order) {
        final AttributeProto.Builder perm =
                AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
        for (final long axis : order) {
            perm.addInts(axis);
        }
        return node("Transpose", List.of(value), perm.build());
    }

    private String norm(String value, LayerNorm norm) {
        final List<String> inputs =
                List.of(value, floats(norm.gamma(), norm.width()), floats(norm.beta(), norm.width()));
        final AttributeProto epsilon = AttributeProto.newBuilder()
                .setName("epsilon")
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(norm.epsilon())
                .build();
        return node("LayerNormalization", inputs, integer("axis", -1), epsilon);
    }

    private String node(String type, String... inputs) {
        return node(type, List.of(inputs));
    }

    private String node(String type, List<String> inputs, AttributeProto... attributes) {
        final String output = type + names++;
        graph.addNode(NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    private String scalar(float value) {
        return floats(new float[] {value});
    }

    private String floats(float[] values, long... dimensions) {
        final TensorProto.Builder tensor = tensor(TensorProto.DataType.FLOAT, dimensions);
        for (final float value : values) {
            tensor.addFloatData(value);
        }
        return add(tensor);
    }

    private String integers(long... values) {
        final TensorProto.Builder tensor = tensor(TensorProto.DataType.INT64, values.length);
        for (final long value : values) {
            tensor.addInt64Data(value);
        }
        return add(tensor);
    }

    private static TensorProto.Builder tensor(TensorProto.DataType type, long... dimensions) {
        final TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
        for (final long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private String add(TensorProto.Builder tensor) {
        final String name = "constant" + names++;
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static ValueInfoProto matrix(String name, int columns) {
        final TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("tokens"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns));
        final TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }
}
