package dev.tilesmith.cpu;

import jdk.incubator.vector.VectorShape;

/** The Vector API's own choice. A class by itself: it links only where the module is. */
final class PreferredVector {
    private PreferredVector() {}

    static int bits() {
        return VectorShape.preferredShape().vectorBitSize();
    }
}
