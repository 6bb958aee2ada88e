package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;

/**
 * A view of a row-major matrix that the caller keeps: its storage, where it starts and how far its rows are apart.
 *
 * <p>The element type is the storage's: {@code float[]}, {@code byte[]} or {@code int[]}, or what the operand's format
 * says for a {@link MemorySegment}. A segment over a heap array is taken for that array.
 */
@SuppressWarnings("ArrayRecordComponent") // a view shares its storage with the caller; that is what it is for
public sealed interface Matrix {
    /** Number of rows. */
    int rows();

    /** Number of columns. */
    int columns();

    /** Elements from the start of one row to the start of the next. */
    long rowStride();

    /** Elements from the start of the storage to the first element. */
    long offset();

    /** Rows of floats in a Java array. */
    record Floats(float[] data, long offset, int rows, int columns, long rowStride) implements Matrix {
        /** Checks that the rows lie within the array. */
        public Floats {
            checkExtent("float[]", data.length, offset, rows, columns, rowStride);
        }
    }

    /** Rows of bytes in a Java array. */
    record Bytes(byte[] data, long offset, int rows, int columns, long rowStride) implements Matrix {
        /** Checks that the rows lie within the array. */
        public Bytes {
            checkExtent("byte[]", data.length, offset, rows, columns, rowStride);
        }
    }

    /** Rows of ints in a Java array. */
    record Ints(int[] data, long offset, int rows, int columns, long rowStride) implements Matrix {
        /** Checks that the rows lie within the array. */
        public Ints {
            checkExtent("int[]", data.length, offset, rows, columns, rowStride);
        }
    }

    /** Rows in a memory segment outside the heap, of elements of {@code elementBytes} bytes. */
    record Segment(MemorySegment data, int elementBytes, long offset, int rows, int columns, long rowStride)
            implements Matrix {
        /** Checks that the rows lie within the segment, and that the segment is outside the heap. */
        public Segment {
            if (!data.isNative()) {
                throw new IllegalArgumentException("data: a segment over a heap array; use Matrix.of");
            }
            checkExtent("segment", data.byteSize() / elementBytes, offset, rows, columns, rowStride);
        }
    }

    /** A dense matrix in a Java array. */
    static Matrix of(float[] data, int rows, int columns) {
        return new Floats(data, 0, rows, columns, columns);
    }

    /** Rows of {@code columns} floats, {@code rowStride} apart, from {@code offset} of a Java array. */
    static Matrix of(float[] data, int offset, int rows, int columns, int rowStride) {
        return new Floats(data, offset, rows, columns, rowStride);
    }

    /** A dense matrix of bytes in a Java array. */
    static Matrix of(byte[] data, int rows, int columns) {
        return new Bytes(data, 0, rows, columns, columns);
    }

    /** Rows of {@code columns} bytes, {@code rowStride} apart, from {@code offset} of a Java array. */
    static Matrix of(byte[] data, int offset, int rows, int columns, int rowStride) {
        return new Bytes(data, offset, rows, columns, rowStride);
    }

    /** A dense matrix of ints in a Java array. */
    static Matrix of(int[] data, int rows, int columns) {
        return new Ints(data, 0, rows, columns, columns);
    }

    /** A dense matrix of floats in a segment, on the heap or outside it. */
    static Matrix of(MemorySegment data, int rows, int columns) {
        return of(data, 0, rows, columns, columns);
    }

    /** Rows of {@code columns} floats, {@code rowStride} floats apart, from float {@code offset} of a segment. */
    static Matrix of(MemorySegment data, long offset, int rows, int columns, long rowStride) {
        if (data.isNative()) {
            return new Segment(data, Float.BYTES, offset, rows, columns, rowStride);
        }
        // The address of a segment on the heap is its distance in bytes from the start of the array.
        final Object array = data.heapBase().orElse(data);
        if (!(array instanceof float[] floats)) {
            throw new IllegalArgumentException(
                    "data: a segment over " + array.getClass().getSimpleName()
                            + "; expected memory outside the heap, or a segment over a whole float[]");
        }
        return new Floats(floats, data.address() / Float.BYTES + offset, rows, columns, rowStride);
    }

    /** A dense matrix of bytes in a segment outside the heap. */
    static Matrix ofBytes(MemorySegment data, int rows, int columns) {
        return new Segment(data, 1, 0, rows, columns, columns);
    }

    /** Rows of {@code columns} bytes, {@code rowStride} apart, from {@code offset} of a segment outside the heap. */
    static Matrix ofBytes(MemorySegment data, long offset, int rows, int columns, long rowStride) {
        return new Segment(data, 1, offset, rows, columns, rowStride);
    }

    /** Rows of {@code columns} ints, {@code rowStride} apart, from {@code offset} of a Java array. */
    static Matrix of(int[] data, int offset, int rows, int columns, int rowStride) {
        return new Ints(data, offset, rows, columns, rowStride);
    }

    private static void checkExtent(String what, long size, long offset, int rows, int columns, long rowStride) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "rows x columns: " + rows + " x " + columns + "; neither may be negative");
        }
        if (rows > 1 && rowStride < columns) {
            throw new IllegalArgumentException("rowStride: " + rowStride + " is less than the " + columns + " columns");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " is negative");
        }
        if (rows > 0 && columns > 0) {
            final long end = Math.addExact(Math.addExact(offset, Math.multiplyExact(rows - 1L, rowStride)), columns);
            if (end > size) {
                throw new IllegalArgumentException("data: " + what + " of " + size + " elements; " + rows + " rows of "
                        + columns + ", " + rowStride + " apart from " + offset + ", need " + end);
            }
        }
    }
}
