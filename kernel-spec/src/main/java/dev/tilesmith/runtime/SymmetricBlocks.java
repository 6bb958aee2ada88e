package dev.tilesmith.runtime;

/** The rule of {@link Int4RhsPacker} for blocks. */
final class SymmetricBlocks implements BlockQuantizer {
    private final ScaleFormat format;
    private float largest;
    private float scale;

    SymmetricBlocks(ScaleFormat format) {
        this.format = format;
    }

    @Override
    public float measure(float[] values, int from, int count) {
        largest = SymmetricQuantizer.largest(values, from, count);
        scale = Int4RhsPacker.QUANTIZER.scale(largest, format);
        return largest;
    }

    @Override
    public float scale() {
        return scale;
    }

    @Override
    public void quantize(float[] values, int from, int count, byte[] to, int at) {
        Int4RhsPacker.QUANTIZER.quantize(values, from, count, largest, scale, to, at);
    }
}
