package dev.tilesmith.sample.encoder;

import java.util.ArrayList;
import java.util.List;

/**
 * Sentences whose tokens lie one after another in the rows of one matrix, without padding: what needs no mask.
 *
 * @param sentences the tokens of each
 * @param firstRows where each sentence's rows start
 * @param rows rows of all together
 */
record Batch(List<int[]> sentences, List<Integer> firstRows, int rows) {
    /** Batches of successive sentences, each of at most {@code capacity} rows in all. */
    static List<Batch> of(List<int[]> sentences, int capacity) {
        final List<Batch> batches = new ArrayList<>();
        int from = 0;
        while (from < sentences.size()) {
            final List<Integer> firstRows = new ArrayList<>();
            int rows = 0;
            int to = from;
            while (to < sentences.size() && (to == from || rows + sentences.get(to).length <= capacity)) {
                firstRows.add(rows);
                rows += sentences.get(to).length;
                to++;
            }
            batches.add(new Batch(sentences.subList(from, to), firstRows, rows));
            from = to;
        }
        return batches;
    }

    int sentenceRows(int sentence) {
        return sentences.get(sentence).length;
    }
}
