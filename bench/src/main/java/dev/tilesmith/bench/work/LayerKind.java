package dev.tilesmith.bench.work;

/** Layers whose ratios are put into one mean. */
public enum LayerKind {
    /** Convolutions of one pixel, which are products of matrices. */
    POINTWISE("pointwise", "conv2d"),
    /** Convolutions of more, with filters over all channels. */
    FULL("full", "conv2d"),
    /** Convolutions with a filter for each channel. */
    DEPTHWISE("depthwise", "depthwise"),
    /** Attention's products of queries and keys, or of probabilities and values. */
    BATCH("batch", "batch_matmul");

    private final String text;
    private final String op;

    LayerKind(String text, String op) {
        this.text = text;
        this.op = op;
    }

    /** The kind of operation, as {@code peers.json} names it. */
    public String op() {
        return op;
    }

    @Override
    public String toString() {
        return text;
    }
}
