package dev.tilesmith.sample.layers;

import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;

/**
 * Floats of one image, in the order HWC, dense, outside the heap.
 *
 * @param data as many floats as the size says
 * @param size how large it is
 */
public record FeatureMap(MemorySegment data, Size size) {
    /** A row for each pixel. */
    Matrix pixels() {
        return Matrix.of(data, size.pixels(), size.channels());
    }

    Images images() {
        return new Images(1, size.height(), size.width(), pixels());
    }
}
