package dev.tilesmith.sample.search;

import java.util.List;

/**
 * One way to make vectors of sentences.
 *
 * @param name who computes, and in which precision
 * @param encoder computes
 */
record Encoding(String name, Encoder encoder) {
    /** Sentences, as tokens, to vectors of length 1. */
    @FunctionalInterface
    interface Encoder {
        /** The vectors, in the order of the sentences. */
        List<float[]> encode(List<int[]> sentences) throws Exception;
    }

    float[] encode(int[] sentence) throws Exception {
        return encoder.encode(List.of(sentence)).getFirst();
    }

    /** Encodes all sentences again and again for {@code seconds}. */
    Timing<List<float[]>> time(List<int[]> sentences, double seconds) throws Exception {
        return Timing.of(seconds, () -> encoder.encode(sentences));
    }
}
