package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockLayout;

/**
 * ggml's {@code quantize_row_q4_0_ref}: {@code scale = max / -8}, where max is the value of largest magnitude, the first of
 * several; {@code q = min(15, trunc(w * (1 / scale) + 8.5)) - 8}, which is stored with 8 added.
 */
final class GgmlQ4Zero implements BlockQuantizer {
    private static final int LENGTH = BlockLayout.LENGTH;

    private float scale;

    @Override
    public float measure(float[] values, int from) {
        float low = 0f;
        float high = 0f;
        for (int i = 0; i < LENGTH; i++) {
            low = Math.min(low, values[from + i]);
            high = Math.max(high, values[from + i]);
        }
        if (high == -low) {
            scale = firstLargest(values, from) / -8f;
        } else {
            scale = (high > -low ? high : low) / -8f;
        }
        return Math.max(high, -low);
    }

    private static float firstLargest(float[] values, int from) {
        float max = 0f;
        for (int i = 0; i < LENGTH; i++) {
            max = Math.abs(values[from + i]) > Math.abs(max) ? values[from + i] : max;
        }
        return max;
    }

    @Override
    public float scale() {
        return scale;
    }

    /** No product is less than -8.5 but an infinity, where a scale has no finite inverse: it ends as 0 in a byte. */
    @Override
    public void quantize(float[] values, int from, byte[] to, int at) {
        final float inverse = BlockQuantizer.inverse(scale);
        for (int i = 0; i < LENGTH; i++) {
            to[at + i] = (byte) (int) Math.min(values[from + i] * inverse + 8.5f, 15f);
        }
    }
}
