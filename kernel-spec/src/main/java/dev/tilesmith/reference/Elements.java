package dev.tilesmith.reference;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.size.Sizes;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Elements of matrices, one at a time. */
final class Elements {
    private static final ValueLayout.OfShort BITS = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Elements() {}

    /**
     * Zeros.
     *
     * @param elements what has elements of the kind
     * @return a dense matrix in a Java array of its own
     */
    static Matrix like(Matrix elements, int rows, int columns) {
        final int length = Sizes.arrayLength("matrix", Sizes.times(rows, columns));
        return switch (elements) {
            case Matrix.Floats _ -> Matrix.of(new float[length], rows, columns);
            case Matrix.Shorts _ -> Matrix.of(new short[length], rows, columns);
            case Matrix.Bytes _ -> Matrix.of(new byte[length], rows, columns);
            case Matrix.Ints _ -> Matrix.of(new int[length], rows, columns);
            case Matrix.Segment segment when segment.elementBytes() == 1 -> Matrix.of(new byte[length], rows, columns);
            case Matrix.Segment segment
            when segment.elementBytes() == Short.BYTES -> Matrix.of(new short[length], rows, columns);
            case Matrix.Segment _ -> Matrix.of(new float[length], rows, columns);
        };
    }

    /** Copies an element, bit for bit, to a matrix in a Java array. */
    static void copy(Matrix from, int row, int column, Matrix to, int toRow, int toColumn) {
        final long at = from.offset() + row * from.rowStride() + column;
        final int toAt = (int) (to.offset() + toRow * to.rowStride() + toColumn);
        switch (to) {
            case Matrix.Floats results -> results.data()[toAt] = floatAt(from, at);
            case Matrix.Shorts results -> results.data()[toAt] = shortAt(from, at);
            case Matrix.Bytes results -> results.data()[toAt] = byteAt(from, at);
            case Matrix.Ints results -> results.data()[toAt] = ((Matrix.Ints) from).data()[(int) at];
            case Matrix.Segment _ -> throw new IllegalArgumentException("product: " + to + "; expected a Java array");
        }
    }

    private static float floatAt(Matrix from, long at) {
        return from instanceof Matrix.Segment segment
                ? segment.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, at * Float.BYTES)
                : ((Matrix.Floats) from).data()[(int) at];
    }

    private static short shortAt(Matrix from, long at) {
        return from instanceof Matrix.Segment segment
                ? segment.data().get(BITS, at * Short.BYTES)
                : ((Matrix.Shorts) from).data()[(int) at];
    }

    private static byte byteAt(Matrix from, long at) {
        return from instanceof Matrix.Segment segment
                ? segment.data().get(ValueLayout.JAVA_BYTE, at)
                : ((Matrix.Bytes) from).data()[(int) at];
    }
}
