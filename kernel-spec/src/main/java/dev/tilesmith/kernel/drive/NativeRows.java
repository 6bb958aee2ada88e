package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.HalfElements;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows of a matrix, where machine code reads and writes them.
 *
 * @param data where they are
 * @param offset elements from its start to row 0, column 0; negative where that is not part of it
 * @param rowStride elements from one row to the next
 * @param elementBytes bytes of an element
 */
record NativeRows(MemorySegment data, long offset, long rowStride, int elementBytes) {
    /** The rows of an operand, where they lie. */
    static NativeRows of(Matrix matrix) {
        return switch (matrix) {
            case Matrix.Segment rows -> of(matrix, rows.data(), rows.elementBytes());
            case Matrix.Floats rows -> of(matrix, MemorySegment.ofArray(rows.data()), Float.BYTES);
            case Matrix.Ints rows -> of(matrix, MemorySegment.ofArray(rows.data()), Integer.BYTES);
            case Matrix.Shorts rows -> of(matrix, MemorySegment.ofArray(rows.data()), Short.BYTES);
            case Matrix.Bytes rows -> of(matrix, MemorySegment.ofArray(rows.data()), Byte.BYTES);
        };
    }

    private static NativeRows of(Matrix matrix, MemorySegment data, int elementBytes) {
        return new NativeRows(data, matrix.offset(), matrix.rowStride(), elementBytes);
    }

    /** Rows from {@code row} and columns from {@code column} on, of which the first lies at the start of {@code data}. */
    static NativeRows from(int row, int column, MemorySegment data, long rowStride, int elementBytes) {
        return new NativeRows(data, -(row * rowStride + column), rowStride, elementBytes);
    }

    /** Bytes from the start. */
    long at(int row, int column) {
        return (offset + row * rowStride + column) * elementBytes;
    }

    /** Bytes from one row to the next. */
    long strideBytes() {
        return rowStride * elementBytes;
    }

    /** Rounds the f32 results that a product asks for to 16 bits, where it wants them. */
    void roundTo(Product product, Narrowing narrowing) {
        final Matrix dst = product.dst();
        for (int row = product.firstRow(); row < product.endRow(); row++) {
            for (int column = product.firstColumn(), count; column < product.endColumn(); column += count) {
                count = Math.min(Narrowing.LENGTH, product.endColumn() - column);
                final short[] halves = narrowing.round(data, at(row, column), count);
                HalfElements.write("dst", halves, 0, count, dst, dst.offset() + row * dst.rowStride() + column);
            }
        }
    }

    /** Copies the results that a product asks for to where it wants them. */
    void copyTo(Product product) {
        final Matrix dst = product.dst();
        final int count = product.columns();
        for (int row = product.firstRow(); row < product.endRow(); row++) {
            final long source = at(row, product.firstColumn());
            final long target = dst.offset() + row * dst.rowStride() + product.firstColumn();
            switch (dst) {
                case Matrix.Floats to ->
                    MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED, source, to.data(), (int) target, count);
                case Matrix.Bytes to ->
                    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, source, to.data(), (int) target, count);
                case Matrix.Shorts to ->
                    MemorySegment.copy(data, ValueLayout.JAVA_SHORT_UNALIGNED, source, to.data(), (int) target, count);
                case Matrix.Ints to ->
                    MemorySegment.copy(data, ValueLayout.JAVA_INT_UNALIGNED, source, to.data(), (int) target, count);
                case Matrix.Segment to ->
                    MemorySegment.copy(data, source, to.data(), target * elementBytes, (long) count * elementBytes);
            }
        }
    }
}
