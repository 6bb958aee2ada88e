package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockLayout;

/** ggml's {@code quantize_row_q4_1_ref}: {@code scale = (max - min) / 15}, {@code q = min(15, trunc((w - min) * (1 / scale) + 0.5))}. */
final class GgmlQ4One implements BlockQuantizer {
    private static final float MOST = 15f;

    private static final int LENGTH = BlockLayout.LENGTH;

    private float scale;
    private float min;

    @Override
    public float measure(float[] values, int from) {
        float low = values[from];
        float high = low;
        for (int i = 0; i < LENGTH; i++) {
            low = Math.min(low, values[from + i]);
            high = Math.max(high, values[from + i]);
        }
        min = low == 0f ? firstZero(values, from) : low;
        scale = (high - low) / MOST;
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** Of zeros, the sign of the first counts. */
    private static float firstZero(float[] values, int from) {
        int i = from;
        while (values[i] != 0f) {
            i++;
        }
        return values[i];
    }

    @Override
    public float scale() {
        return scale;
    }

    @Override
    public float min() {
        return min;
    }

    @Override
    public void quantize(float[] values, int from, byte[] to, int at) {
        final float inverse = BlockQuantizer.inverse(scale);
        for (int i = 0; i < LENGTH; i++) {
            to[at + i] = (byte) (int) Math.min((values[from + i] - min) * inverse + 0.5f, MOST);
        }
    }
}
