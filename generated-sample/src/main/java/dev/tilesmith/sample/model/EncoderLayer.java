package dev.tilesmith.sample.model;

/**
 * One layer of a BERT encoder.
 *
 * @param query hidden → hidden
 * @param key hidden → hidden
 * @param value hidden → hidden
 * @param attentionOutput hidden → hidden, of the heads' results side by side
 * @param attentionNorm of attention's output plus the layer's input
 * @param feedForwardIn hidden → inner, before the GELU
 * @param feedForwardOut inner → hidden, after it
 * @param outputNorm of the feed-forward output plus its input
 */
public record EncoderLayer(
        Projection query,
        Projection key,
        Projection value,
        Projection attentionOutput,
        LayerNorm attentionNorm,
        Projection feedForwardIn,
        Projection feedForwardOut,
        LayerNorm outputNorm) {

    /** Query, key and value as one layer of three times the width: they have the same input. */
    public Projection queryKeyValue() {
        return query.beside(key).beside(value);
    }
}
