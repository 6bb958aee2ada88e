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
        scale = Int4RhsPacker.QUANTIZER.scale(largest, format);
        return largest;
    }

    @Override
    public float scale() {
        return scale;
    }

    @Override
    public void quantize(float[] values, int from, byte[] to, int at) {
        Int4RhsPacker.QUANTIZER.quantize(values, from, length, largest, scale, to, at);
    }
}
