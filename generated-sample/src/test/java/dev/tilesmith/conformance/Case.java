package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.conformance.FormatUnderTest.Operands;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;

/**
 * A product whose results are known.
 *
 * @param name for messages
 * @param dst what results are
 * @param lhs rows
 * @param weights columns
 * @param bounds bounds of results
 * @param expected the results, as {@link Element#bits}
 */
@SuppressWarnings("ArrayRecordComponent") // shared by all kernels, and read alone
record Case(String name, Element dst, Matrix lhs, Weights weights, Bounds bounds, int[] expected) {
    /** A product that the reference computes now. */
    static Case of(FormatUnderTest format, String name, Matrix lhs, Weights weights, Bounds bounds) {
        return new Case(name, format.dstElement(), lhs, weights, bounds, format.multiply(lhs, weights, bounds));
    }

    static Case of(FormatUnderTest format, Operands operands) {
        return of(format, operands.name(), operands.lhs(), operands.weights(), Bounds.NONE);
    }

    /** A product of a format's own operands. */
    static Case of(FormatUnderTest format, int m, int n, Depth depth, Samples samples, Bounds bounds) {
        return of(
                format,
                m + " x " + n + " x " + depth + " " + samples + " " + bounds,
                format.lhs(m, depth, samples),
                format.weights(n, depth, samples),
                bounds);
    }

    int m() {
        return lhs.rows();
    }

    int n() {
        return weights.n();
    }

    RunOptions options() {
        return bounds.equals(Bounds.NONE) ? RunOptions.DEFAULT : RunOptions.DEFAULT.clamp(bounds.low(), bounds.high());
    }

    /** The product of the first {@code rows} rows and the first {@code columns} columns, for which no sum is computed again. */
    Case corner(FormatUnderTest format, int rows, int columns, Depth depth, Samples samples) {
        final int[] corner = new int[rows * columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(expected, i * n(), corner, i * columns, columns);
        }
        return new Case(
                rows + " x " + columns + " of " + name,
                dst,
                format.lhs(rows, depth, samples),
                format.weights(columns, depth, samples),
                bounds,
                corner);
    }
}
