package dev.tilesmith.sample.model;

import java.util.List;

/**
 * All of an encoder's weights.
 *
 * @param words by token
 * @param positions by the token's place in the sentence: as many as a sentence may have tokens
 * @param tokenTypes by the token's part of a pair of sentences; a single sentence has type 0
 * @param embeddingNorm of the sum of the three
 * @param layers first to last
 * @param heads number of attention heads
 * @param headWidth length of a head's vectors
 */
public record BertWeights(
        EmbeddingTable words,
        EmbeddingTable positions,
        EmbeddingTable tokenTypes,
        LayerNorm embeddingNorm,
        List<EncoderLayer> layers,
        int heads,
        int headWidth) {
    /** Checks that the parts fit each other. */
    public BertWeights {
        layers = List.copyOf(layers);
        final int hidden = heads * headWidth;
        for (final int width :
                new int[] {words.width(), positions.width(), tokenTypes.width(), embeddingNorm.width()}) {
            if (width != hidden) {
                throw new IllegalArgumentException("embeddings: width " + width + "; expected " + heads + " heads x "
                        + headWidth + " = " + hidden);
            }
        }
    }

    /** Length of a token's vector. */
    public int hidden() {
        return heads * headWidth;
    }

    /** Length of the vector between the two feed-forward layers. */
    public int inner() {
        return layers.getFirst().feedForwardIn().weights().n();
    }
}
