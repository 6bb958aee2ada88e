package dev.tilesmith.bench.work;

/**
 * A layer to measure, on one thread.
 *
 * @param format in what
 * @param layer which
 */
public record LayerWork(LayerFormat format, Layer layer) {
    @Override
    public String toString() {
        return format.format() + " " + layer;
    }
}
