package dev.tilesmith.runtime;

import java.util.Arrays;
import java.util.List;

/** What the integers of {@link PlainWeights} stand for: the scales that a caller gives beside them, if any. */
public sealed interface WeightScales {
    /** Values along K that share a scale; 0 where a channel has one, or none. */
    int blockLength();

    /**
     * Those of some channels.
     *
     * @param k values of a channel
     */
    WeightScales channels(int first, int count, int k);

    /** No scales: of f32 weights, and of integers that are only summed. */
    record None() implements WeightScales {
        @Override
        public int blockLength() {
            return 0;
        }

        @Override
        public None channels(int first, int count, int k) {
            return this;
        }

        /** Nothing: weights that are described have none. */
        @Override
        public String toString() {
            return "";
        }
    }

    /**
     * A scale for each output channel.
     *
     * @param values one for each, or one for all. They may be negative or 0; a kernel refuses those that are not finite
     */
    @SuppressWarnings("ArrayRecordComponent") // the caller's own array, read once while packing
    record OfChannels(float... values) implements WeightScales {
        @Override
        public int blockLength() {
            return 0;
        }

        @Override
        public OfChannels channels(int first, int count, int k) {
            return values.length == 1 ? this : new OfChannels(Arrays.copyOfRange(values, first, first + count));
        }

        /** That of a channel. */
        public float of(int channel) {
            return values[values.length == 1 ? 0 : channel];
        }

        @Override
        public String toString() {
            return "scales: " + count(values) + " for channels";
        }
    }

    /**
     * A scale for each block along K of each output channel, those of a channel together: {@code [n][k/length]}. f32 weights
     * that are to be quantized in blocks have none yet.
     *
     * @param length values that share a scale: 32, 64, 128 or 256
     * @param scales one for each block, or none; negative, 0 or finite as those of channels
     * @param mins what a value of 0 stands for, one for each block; or none, and 0 stands for 0
     */
    @SuppressWarnings("ArrayRecordComponent") // the caller's own arrays, read once while packing
    record OfBlocks(int length, float[] scales, float[] mins) implements WeightScales {
        private static final List<Integer> LENGTHS = List.of(32, 64, 128, 256);

        @Override
        public int blockLength() {
            return length;
        }

        @Override
        public OfBlocks channels(int first, int count, int k) {
            final int blocks = k / length;
            return new OfBlocks(length, channels(scales, first, count, blocks), channels(mins, first, count, blocks));
        }

        private static float[] channels(float[] values, int first, int count, int blocks) {
            return values.length == 0 ? values : Arrays.copyOfRange(values, first * blocks, (first + count) * blocks);
        }

        /**
         * Checks that there are blocks of a length, and that they divide K.
         *
         * @throws IllegalArgumentException if there are none of it, or k is no multiple of it
         */
        public static void checkLength(int k, int length) {
            if (!LENGTHS.contains(length)) {
                throw new IllegalArgumentException("blockLength: " + length + "; expected one of " + LENGTHS);
            }
            if (k % length != 0) {
                throw new IllegalArgumentException("k: " + k + " is no multiple of the block length, " + length);
            }
        }

        @Override
        public String toString() {
            return (scales.length == 0
                            ? "blockLength: " + length
                            : "scales: " + count(scales) + " for blocks of " + length)
                    + (mins.length == 0 ? "" : ", mins: " + count(mins));
        }
    }

    private static String count(float... values) {
        return values.length + (values.length == 1 ? " value" : " values");
    }
}
