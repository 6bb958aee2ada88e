package dev.tilesmith.sweep.report.record;

import dev.tilesmith.tune.ShapeClass;

/**
 * A product that was measured.
 *
 * @param number its place in the file, from 0 on
 * @param shapeClass the class that it stands for
 * @param m rows
 * @param n output channels
 * @param k values that one result sums over
 * @param weightBytes bytes of weights, packed
 * @param cold whether copies of the weights took turns, so that they came from memory
 */
public record MeasuredShape(int number, ShapeClass shapeClass, int m, int n, int k, long weightBytes, boolean cold) {
    /** What the names of shapes end in whose weights came from memory. */
    static final String COLD = "-cold";

    /** Operations of one product, a multiply-add being two. */
    public double operations() {
        return 2.0 * m * n * k;
    }

    /** Operations for each byte of weights that is read: each is read once. */
    public double intensity() {
        return operations() / weightBytes;
    }

    /** Its extents: {@code 8x1024x1024}; and whether weights came from memory. */
    public String extents() {
        return m + "x" + n + "x" + k + (cold ? COLD : "");
    }
}
