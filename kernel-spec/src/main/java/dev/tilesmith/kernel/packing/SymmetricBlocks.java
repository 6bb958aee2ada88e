package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ScaleFormat;

/** The rule of {@link Int4RhsPacker} for blocks. */
final class SymmetricBlocks implements BlockQuantizer {
    private final ScaleFormat format;
    private final int length;
    private float largest;
    private float scale;

    SymmetricBlocks(ScaleFormat format, int length) {
        this.length = length;
        this.format = format;
    }

    @Override
    public float measure(float[] values, int from) {
        largest = SymmetricQuantizer.largest(values, from, length);
        scale = SymmetricQuantizer.INT4.scale(largest, format);
        return largest;
    }

    @Override
    public float scale() {
        return scale;
    }

    @Override
    public void quantize(float[] values, int from, byte[] to, int at) {
        SymmetricQuantizer.INT4.quantize(values, from, length, largest, scale, to, at);
    }
}
