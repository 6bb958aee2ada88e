package dev.tilesmith.bench.work;

import java.lang.foreign.MemorySegment;

/** A layer of a network that is more than a product of two matrices, and how it is written in a word. */
public sealed interface Layer permits Convolution, BatchProduct {
    /** What kind it is of. */
    LayerKind kind();

    /**
     * The extents of its products: rows of the result, its columns, and the values that one result sums over. Of a convolution
     * these are output pixels, output channels, and the values of a filter.
     */
    Shape shape();

    /** How many products of that shape there are. */
    int count();

    /** Floats of the left operand: of images in the order NHWC, or of matrices one after the other. */
    long srcFloats();

    /** Floats of the right operand: filters in the order OHWI, or matrices one after the other. */
    long weightsFloats();

    /**
     * A result, in double precision.
     *
     * @param row of all products together
     * @param column of a product
     */
    double exact(MemorySegment src, MemorySegment weights, long row, int column);

    /** Rows of the results of all products. */
    default long rows() {
        return (long) count() * shape().m();
    }

    /** Operations, a multiply-add being two. */
    default long operations() {
        return count() * shape().operations();
    }

    /**
     * Reads what {@code toString} writes.
     *
     * @throws IllegalArgumentException if it is no layer
     */
    static Layer parse(String text) {
        return Convolution.find(text)
                .<Layer>map(found -> found)
                .or(() -> BatchProduct.find(text))
                .orElseThrow(() -> new IllegalArgumentException("layer: '" + text
                        + "'; expected a convolution such as 56x56x64-3x3x128-s2, a depthwise one such as 56x56x64-3x3-s2, or"
                        + " products of attention such as 12x128x64-keys and 12x128x64-values"));
    }
}
