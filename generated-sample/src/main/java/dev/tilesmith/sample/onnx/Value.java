package dev.tilesmith.sample.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A value of the graph, and a way back from it to what it was computed from.
 *
 * @param graph the graph it belongs to
 * @param name its name there
 */
record Value(OnnxGraph graph, String name) {
    /** Whether it is computed by a node of this type. */
    boolean isMadeBy(String type) {
        return graph.producer(name)
                .filter(node -> node.getOpType().equals(type))
                .isPresent();
    }

    /** Whether it is a constant. */
    boolean isConstant() {
        return graph.constant(name).isPresent();
    }

    /** The constant that it is. */
    Constant constant(String what) {
        return graph.constant(name)
                .map(tensor -> new Constant(name, tensor))
                .orElseThrow(() -> new OnnxFormatException(
                        what + ": expected a constant; found " + producerLabel() + ", value '" + name + "'"));
    }

    /** Input {@code index} of the node that computes it, which must be of this type. */
    Value back(String type, int index) {
        final NodeProto node = node(type);
        if (index >= node.getInputCount()) {
            throw new OnnxFormatException(
                    label(node) + ": " + node.getInputCount() + " inputs; expected more than " + index);
        }
        return new Value(graph, node.getInput(index));
    }

    /** The two inputs of the node that computes it, the one that {@code first} holds for before the other. */
    Pair operands(String type, String what, Predicate<Value> first) {
        final Value left = back(type, 0);
        final Value right = back(type, 1);
        if (first.test(left)) {
            return new Pair(left, right);
        }
        if (first.test(right)) {
            return new Pair(right, left);
        }
        throw new OnnxFormatException(label(node(type)) + ": neither input is " + what + "; they are "
                + left.producerLabel() + " and " + right.producerLabel());
    }

    /** Name and type of the node that computes it, for messages. */
    String producerLabel() {
        final Optional<NodeProto> producer = graph.producer(name);
        return producer.map(Value::label).orElse(isConstant() ? "constant '" + name + "'" : "input '" + name + "'");
    }

    /** The attributes of the node that computes it, which must be of this type. */
    Attributes attributes(String type) {
        final NodeProto node = node(type);
        return new Attributes(label(node), node.getAttributeList());
    }

    /** The type of the node that computes it; none for inputs. */
    Optional<String> producerType() {
        return graph.producer(name).map(NodeProto::getOpType);
    }

    /** How many inputs the node has that computes it, which must be of this type. */
    int inputs(String type) {
        return node(type).getInputCount();
    }

    private NodeProto node(String type) {
        final NodeProto node = graph.producer(name)
                .orElseThrow(() -> new OnnxFormatException(
                        "value '" + name + "': expected a node " + type + "; found " + producerLabel()));
        if (!node.getOpType().equals(type)) {
            throw new OnnxFormatException(label(node) + ": expected a node " + type + " here");
        }
        return node;
    }

    private static String label(NodeProto node) {
        final String name = node.getName().isEmpty() ? node.getOutput(0) : node.getName();
        return "node " + node.getOpType() + " '" + name + "'";
    }

    /**
     * Both operands of a node whose order does not matter.
     *
     * @param first the one that was asked for
     * @param second the other
     */
    record Pair(Value first, Value second) {}
}
