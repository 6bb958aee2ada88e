package dev.tilesmith.runtime;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The shape of weights, and what it asks of all that is given with them.
 *
 * @param n output channels
 * @param k values of each
 */
record WeightsShape(int n, int k) {
    /** Fails if rows are said to have a negative number of values. */
    static void checkColumns(int columns) {
        if (columns < 0) {
            throw new IllegalArgumentException("columns: " + columns + "; expected 0 or more");
        }
    }

    /** Fails unless there are as many scales, and minima, as there are channels or blocks, or none. */
    void check(WeightScales scales) {
        switch (scales) {
            case WeightScales.None _ -> {
                // as there may always be
            }
            case WeightScales.OfChannels given -> {
                if (given.values().length != 1) {
                    checkChannels("scales", given.values().length);
                }
            }
            case WeightScales.OfBlocks given -> {
                WeightScales.OfBlocks.checkLength(k, given.length());
                checkBlocks("scales", given.scales().length, given.length());
                checkBlocks("mins", given.mins().length, given.length());
            }
        }
    }

    /** Fails unless biases have a value for each channel, or none. */
    void check(WeightEnds ends) {
        checkChannels("bias", ends.bias().length);
        checkChannels("intBias", ends.intBias().length);
    }

    /** Fails unless there are such channels. */
    void checkPart(int first, int count) {
        if (first < 0 || count < 0 || first > n - count) {
            throw new IllegalArgumentException(
                    "channels: " + count + " from " + first + "; the weights have " + n + " output channels");
        }
    }

    private void checkBlocks(String what, int length, int blockLength) {
        final long expected = (long) n * (k / blockLength);
        if (length != 0 && length != expected) {
            throw new IllegalArgumentException(what + ": " + length + " values; expected " + k / blockLength
                    + " for each of the " + n + " output channels, one for each block of " + blockLength);
        }
    }

    private void checkChannels(String what, int length) {
        if (length != 0 && length != n) {
            throw new IllegalArgumentException(
                    what + ": " + length + " values; expected one for each of the " + n + " output channels");
        }
    }

    /**
     * Weights of this shape in a line, without what is empty.
     *
     * @param kind what their values are
     */
    String describe(String kind, Object... rest) {
        return Arrays.stream(rest)
                .map(Object::toString)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", ", "Weights[" + kind + ", " + n + " x " + k + ", ", "]"));
    }
}
