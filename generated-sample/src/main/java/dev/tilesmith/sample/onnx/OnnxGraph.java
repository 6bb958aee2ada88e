package dev.tilesmith.sample.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A graph by the names of its values: which node makes a value, which tensor is its constant. */
final class OnnxGraph {
    private final GraphProto graph;
    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, TensorProto> constants = new HashMap<>();

    private OnnxGraph(GraphProto graph) {
        this.graph = graph;
        for (final TensorProto tensor : graph.getInitializerList()) {
            constants.put(tensor.getName(), tensor);
        }
        for (final NodeProto node : graph.getNodeList()) {
            for (final String output : node.getOutputList()) {
                producers.put(output, node);
            }
            if (node.getOpType().equals("Constant")) {
                constantOf(node).ifPresent(tensor -> constants.put(node.getOutput(0), tensor));
            }
        }
    }

    /**
     * The graph of an ONNX file.
     *
     * @throws OnnxFormatException if the bytes are not one, or are cut short
     */
    static OnnxGraph parse(byte[] file) {
        final ModelProto model;
        try {
            model = ModelProto.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxFormatException(
                    "file: " + file.length + " bytes that are no ONNX model, or one that is cut short", e);
        }
        if (model.getGraph().getNodeCount() == 0) {
            throw new OnnxFormatException("file: " + file.length + " bytes that hold no ONNX graph");
        }
        return new OnnxGraph(model.getGraph());
    }

    /** The value that the graph computes. */
    Value output() {
        if (graph.getOutputCount() != 1) {
            throw new OnnxFormatException("graph: " + graph.getOutputCount() + " outputs; expected one");
        }
        return new Value(this, graph.getOutput(0).getName());
    }

    Optional<NodeProto> producer(String value) {
        return Optional.ofNullable(producers.get(value));
    }

    Optional<TensorProto> constant(String value) {
        return Optional.ofNullable(constants.get(value));
    }

    private static Optional<TensorProto> constantOf(NodeProto node) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("value"))
                .map(AttributeProto::getT)
                .findFirst();
    }
}
