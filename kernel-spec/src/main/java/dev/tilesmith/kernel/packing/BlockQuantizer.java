package dev.tilesmith.kernel.packing;

/**
 * A rule by which blocks of f32 weights are quantized, one after the other: first a block is measured, then its values
 * become those of a panel. Keeps what it has measured last: one thread's.
 */
sealed interface BlockQuantizer permits SymmetricBlocks, GgmlQ4Zero, GgmlQ4One, GgmlQ8Zero {
    /**
     * Measures the values of a block, and returns their largest magnitude: an infinity or NaN if one of them is not finite,
     * and then nothing is measured.
     */
    float measure(float[] values, int from);

    /** The scale of the block that was measured last. */
    float scale();

    /** Its minimum, 0 where the rule has none. */
    default float min() {
        return 0f;
    }

    /** Quantizes the block that was measured last. */
    void quantize(float[] values, int from, byte[] to, int at);

    /** What ggml's rules multiply by instead of dividing by a scale. */
    static float inverse(float scale) {
        return scale == 0f ? 0f : 1f / scale;
    }
}
