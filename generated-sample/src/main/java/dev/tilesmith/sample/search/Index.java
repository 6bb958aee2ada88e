package dev.tilesmith.sample.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Passages and their vectors, each of length 1.
 *
 * @param passages the texts
 * @param vectors a vector for each
 */
record Index(List<String> passages, List<float[]> vectors) {
    /**
     * A passage found.
     *
     * @param passage the text
     * @param score cosine of the angle to the query
     */
    record Hit(String passage, double score) {}

    /** The {@code count} passages nearest to a vector of length 1, nearest first. */
    List<Hit> nearest(float[] query, int count) {
        return IntStream.range(0, passages.size())
                .mapToObj(i -> new Hit(passages.get(i), Cosine.ofUnit(query, vectors.get(i))))
                .sorted(Comparator.comparingDouble(Hit::score).reversed())
                .limit(count)
                .toList();
    }

    /** Cosine of the angle between a vector of length 1 and a passage. */
    double score(String passage, float[] query) {
        return Cosine.ofUnit(query, vectors.get(passages.indexOf(passage)));
    }
}
