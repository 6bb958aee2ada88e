package dev.tilesmith.runtime;

import java.util.Arrays;
import java.util.Optional;

/**
 * The right operand as the caller has it, before packing.
 *
 * @param values the weights
 * @param orientation which way they lie
 * @param scales one for each output channel, or one for all, for weights that are quantized already; else empty
 * @param bias one for each output channel, added to its results; else empty, and nothing is added
 * @param intBias one for each output channel, added to its sums of integers; else empty, and nothing is added
 * @param requantization scales and zero points of a left operand and a result that are quantized beforehand; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // the caller's own arrays, read once while packing
public record Weights(
        Matrix values,
        Orientation orientation,
        float[] scales,
        float[] bias,
        int[] intBias,
        Optional<Requantization> requantization) {
    private static final float[] NONE = {};
    private static final int[] NO_INTS = {};

    /** Which way the weights lie. */
    public enum Orientation {
        /** A row for each output channel, as a linear layer keeps them: n × k. */
        N_BY_K,
        /** A column for each output channel, as a matrix product is written: k × n. */
        K_BY_N
    }

    /** Checks that scales and bias have a value for each output channel. */
    public Weights {
        final int n = orientation == Orientation.N_BY_K ? values.rows() : values.columns();
        if (scales.length != 1) {
            checkLength("scales", scales.length, n);
        }
        checkLength("bias", bias.length, n);
        checkLength("intBias", intBias.length, n);
    }

    /** Weights with a row for each output channel. */
    public static Weights nByK(Matrix values) {
        return new Weights(values, Orientation.N_BY_K, NONE, NONE, NO_INTS, Optional.empty());
    }

    /** Weights with a column for each output channel. */
    public static Weights kByN(Matrix values) {
        return new Weights(values, Orientation.K_BY_N, NONE, NONE, NO_INTS, Optional.empty());
    }

    /** These weights with a bias. */
    public Weights withBias(float... newBias) {
        return new Weights(values, orientation, scales, newBias, intBias, requantization);
    }

    /** These weights, already quantized, with the scale of each output channel, or one for all. */
    public Weights withScales(float... newScales) {
        return new Weights(values, orientation, newScales, bias, intBias, requantization);
    }

    /** These weights with a bias in units of {@code lhs scale * weight scale}, for formats that sum integers to the end. */
    public Weights withIntBias(int... newBias) {
        return new Weights(values, orientation, scales, bias, newBias, requantization);
    }

    /** These weights for a left operand, and a result, whose scales and zero points are known beforehand. */
    public Weights requantized(Requantization given) {
        return new Weights(values, orientation, scales, bias, intBias, Optional.of(given));
    }

    /** The scale of an output channel of weights that have scales. */
    public float scale(int channel) {
        return scales[scales.length == 1 ? 0 : channel];
    }

    /** Number of output channels. */
    public int n() {
        return orientation == Orientation.N_BY_K ? values.rows() : values.columns();
    }

    /** Length of the sums. */
    public int k() {
        return orientation == Orientation.N_BY_K ? values.columns() : values.rows();
    }

    private static void checkLength(String what, int length, int n) {
        if (length != 0 && length != n) {
            throw new IllegalArgumentException(
                    what + ": " + length + " values; expected one for each of the " + n + " output channels");
        }
    }

    @Override
    public String toString() {
        return "Weights[" + n() + " x " + k() + ", " + orientation + ", scales " + Arrays.toString(scales) + "]";
    }
}
