package dev.tilesmith.sample.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import java.util.Optional;

/**
 * What a node says besides its inputs.
 *
 * @param node the node, for messages
 * @param all what it says
 */
record Attributes(String node, List<AttributeProto> all) {
    List<Integer> integers(String name, List<Integer> otherwise) {
        return find(name)
                .map(found -> found.getIntsList().stream().map(Math::toIntExact).toList())
                .orElse(otherwise);
    }

    int integer(String name, int otherwise) {
        return find(name).map(found -> Math.toIntExact(found.getI())).orElse(otherwise);
    }

    float number(String name, float otherwise) {
        return find(name).map(AttributeProto::getF).orElse(otherwise);
    }

    String word(String name, String otherwise) {
        return find(name).map(found -> found.getS().toStringUtf8()).orElse(otherwise);
    }

    /** Fails unless whole numbers are these, or are not said and these are what that stands for. */
    void require(String name, List<Integer> expected, List<Integer> otherwise) {
        final List<Integer> found = integers(name, otherwise);
        if (!found.equals(expected)) {
            throw refused(name, found, expected);
        }
    }

    /** Fails unless a whole number is this. */
    void require(String name, int expected, int otherwise) {
        final int found = integer(name, otherwise);
        if (found != expected) {
            throw refused(name, found, expected);
        }
    }

    /** Fails unless a word is this. */
    void require(String name, String expected, String otherwise) {
        final String found = word(name, otherwise);
        if (!found.equals(expected)) {
            throw refused(name, found, expected);
        }
    }

    OnnxFormatException refused(String name, Object found, Object expected) {
        return new OnnxFormatException(node + ": " + name + " is " + found + "; expected " + expected);
    }

    private Optional<AttributeProto> find(String name) {
        return all.stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }
}
