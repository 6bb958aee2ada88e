package dev.tilesmith.runtime;

/**
 * ggml's {@code quantize_row_q8_0_ref}: {@code scale = max|w| / 127}, {@code q = round(w * (1 / scale))}, halves away from
 * zero.
 */
final class GgmlQ8Zero implements BlockQuantizer {
    private static final float LARGEST = 127f;

    private float scale;

    @Override
    public float measure(float[] values, int from, int count) {
        final float largest = SymmetricQuantizer.largest(values, from, count);
        scale = largest / LARGEST;
        return largest;
    }

    @Override
    public float scale() {
        return scale;
    }

    @Override
    public void quantize(float[] values, int from, int count, byte[] to, int at) {
        final float inverse = BlockQuantizer.inverse(scale);
        for (int i = 0; i < count; i++) {
            to[at + i] = (byte) Math.clamp(RowQuantizer.round(values[from + i] * inverse), -LARGEST, LARGEST);
        }
    }
}
