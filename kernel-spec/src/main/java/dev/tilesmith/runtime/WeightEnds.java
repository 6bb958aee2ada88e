package dev.tilesmith.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the sums of {@link Weights}, however their values are given.
 *
 * @param bias one for each output channel, added to its results; else empty, and nothing is added
 * @param intBias one for each output channel, added to its sums of integers; else empty, and nothing is added
 * @param requantization scales and zero points of a left operand and a result that are quantized beforehand; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's own arrays, read once while packing
public record WeightEnds(float[] bias, int[] intBias, Optional<Requantization> requantization) {
    /** Nothing: results are what the sums stand for. */
    public static final WeightEnds NONE = new WeightEnds(new float[0], new int[0], Optional.empty());

    /** What becomes of the sums of some channels. */
    WeightEnds channels(int first, int count) {
        return new WeightEnds(
                bias.length == 0 ? bias : Arrays.copyOfRange(bias, first, first + count),
                intBias.length == 0 ? intBias : Arrays.copyOfRange(intBias, first, first + count),
                requantization);
    }

    WeightEnds withBias(float... newBias) {
        return new WeightEnds(newBias, intBias, requantization);
    }

    WeightEnds withIntBias(int... newBias) {
        return new WeightEnds(bias, newBias, requantization);
    }

    WeightEnds requantized(Requantization given) {
        return new WeightEnds(bias, intBias, Optional.of(given));
    }

    /** What there is, each in a few words. */
    @Override
    public String toString() {
        final List<String> parts = new ArrayList<>();
        if (bias.length != 0) {
            parts.add("bias: " + count(bias.length) + " of f32");
        }
        if (intBias.length != 0) {
            parts.add("intBias: " + count(intBias.length) + " of int32");
        }
        requantization.ifPresent(given -> parts.add("requantization: " + given));
        return String.join(", ", parts);
    }

    private static String count(int length) {
        return length + (length == 1 ? " value" : " values");
    }
}
