package dev.tilesmith.kernel.packing;

import dev.tilesmith.runtime.BlockLayout;

/**
 * ggml's {@code quantize_row_q8_0_ref}: {@code scale = max|w| / 127}, {@code q = round(w * (1 / scale))}, halves away from
 * zero.
 */
final class GgmlQ8Zero implements BlockQuantizer {
    private static final float LARGEST = 127f;

    private static final int LENGTH = BlockLayout.LENGTH;

    private float scale;

    @Override
    public float measure(float[] values, int from) {
        final float largest = SymmetricQuantizer.largest(values, from, LENGTH);
        scale = largest / LARGEST;
        return largest;
    }

    @Override
    public float scale() {
        return scale;
    }

    /** Bounds are needed only where a scale has no finite inverse, since it is subnormal; with them the loop is slower. */
    @Override
    public void quantize(float[] values, int from, byte[] to, int at) {
        final float inverse = BlockQuantizer.inverse(scale);
        if (Float.isFinite(inverse)) {
            for (int i = 0; i < LENGTH; i++) {
                to[at + i] = (byte) Rounding.halfAway(values[from + i] * inverse);
            }
            return;
        }
        for (int i = 0; i < LENGTH; i++) {
            to[at + i] = (byte) Math.clamp(Rounding.halfAway(values[from + i] * inverse), -LARGEST, LARGEST);
        }
    }
}
