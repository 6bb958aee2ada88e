package dev.tilesmith.runtime;

import dev.tilesmith.size.Sizes;
import java.lang.foreign.MemorySegment;

/**
 * A view of a row-major matrix that the caller keeps: its storage, where it starts and how far its rows are apart.
 *
 * <p>The element type is the storage's: {@code float[]}, {@code byte[]}, {@code short[]} or {@code int[]}, or what the operand's
 * format says for a {@link MemorySegment}. A segment over a Java array is taken for that array, and has what the segment shows of
 * it; one that is read-only does not say which array that is, and is refused.
 *
 * <p>Memory that a file is mapped to is read where it lies. While it is used the file must not be cut off: what then becomes
 * of a call is up to the system, and may be the end of the process.
 *
 * <p>All elements lie within the storage. A matrix that has none lies at its start, whatever its offset and its stride; and
 * fewer than two rows are as far apart as they are long.
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
            offset = start(offset, rows, columns);
            rowStride = distance(rowStride, rows, columns);
        }

        @Override
        public String toString() {
            return describe("a float[]", this);
        }
    }

    /** Rows of bytes in a Java array. */
    record Bytes(byte[] data, long offset, int rows, int columns, long rowStride) implements Matrix {
        /** Checks that the rows lie within the array. */
        public Bytes {
            checkExtent("byte[]", data.length, offset, rows, columns, rowStride);
            offset = start(offset, rows, columns);
            rowStride = distance(rowStride, rows, columns);
        }

        @Override
        public String toString() {
            return describe("a byte[]", this);
        }
    }

    /** Rows of 16 bits in a Java array. */
    record Shorts(short[] data, long offset, int rows, int columns, long rowStride) implements Matrix {
        /** Checks that the rows lie within the array. */
        public Shorts {
            checkExtent("short[]", data.length, offset, rows, columns, rowStride);
            offset = start(offset, rows, columns);
            rowStride = distance(rowStride, rows, columns);
        }

        @Override
        public String toString() {
            return describe("a short[]", this);
        }
    }

    /** Rows of ints in a Java array. */
    record Ints(int[] data, long offset, int rows, int columns, long rowStride) implements Matrix {
        /** Checks that the rows lie within the array. */
        public Ints {
            checkExtent("int[]", data.length, offset, rows, columns, rowStride);
            offset = start(offset, rows, columns);
            rowStride = distance(rowStride, rows, columns);
        }

        @Override
        public String toString() {
            return describe("an int[]", this);
        }
    }

    /** Rows in a memory segment outside the heap, of elements of {@code elementBytes} bytes: 1, 2 or 4. */
    record Segment(MemorySegment data, int elementBytes, long offset, int rows, int columns, long rowStride)
            implements Matrix {
        /** Checks that the rows lie within the segment, and that the segment is outside the heap. */
        public Segment {
            if (!data.isNative()) {
                throw ArraySlice.of(data).withinMatrix();
            }
            ElementSize.of(elementBytes); // fails where there are none
            checkExtent("segment", data.byteSize() / elementBytes, offset, rows, columns, rowStride);
            offset = start(offset, rows, columns);
            rowStride = distance(rowStride, rows, columns);
        }

        @Override
        public String toString() {
            return describe(
                    elementBytes == 1 ? "a segment of bytes" : "a segment of " + elementBytes + "-byte elements", this);
        }
    }

    /**
     * A view of some rows and columns of this one.
     *
     * @param firstRow the first of them
     * @param rowCount how many
     * @param firstColumn the first of them
     * @param columnCount how many
     * @throws IllegalArgumentException if this matrix does not have them
     */
    default Matrix slice(int firstRow, int rowCount, int firstColumn, int columnCount) {
        checkSlice("rows", firstRow, rowCount, rows());
        checkSlice("columns", firstColumn, columnCount, columns());
        return view(offset() + firstRow * rowStride() + firstColumn, rowCount, columnCount);
    }

    /**
     * A view of the same shape, so many elements further on in the storage.
     *
     * @throws IllegalArgumentException if it does not lie within the storage
     */
    default Matrix moved(long elements) {
        return view(Sizes.plus(offset(), elements), rows(), columns());
    }

    /** Rows as far apart, elsewhere in the storage. */
    private Matrix view(long start, int rowCount, int columnCount) {
        return switch (this) {
            case Floats floats -> new Floats(floats.data(), start, rowCount, columnCount, rowStride());
            case Bytes bytes -> new Bytes(bytes.data(), start, rowCount, columnCount, rowStride());
            case Shorts shorts -> new Shorts(shorts.data(), start, rowCount, columnCount, rowStride());
            case Ints ints -> new Ints(ints.data(), start, rowCount, columnCount, rowStride());
            case Segment segment ->
                new Segment(segment.data(), segment.elementBytes(), start, rowCount, columnCount, rowStride());
        };
    }

    private static void checkSlice(String what, int first, int count, int size) {
        if (first < 0 || count < 0 || first > size - count) {
            throw new IllegalArgumentException(
                    what + ": " + count + " from " + first + "; the matrix has " + size + " " + what);
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

    /** A dense matrix of 16 bits in a Java array: binary16 or BF16, as who takes it says. */
    static Matrix of(short[] data, int rows, int columns) {
        return new Shorts(data, 0, rows, columns, columns);
    }

    /** Rows of {@code columns} times 16 bits, {@code rowStride} apart, from {@code offset} of a Java array. */
    static Matrix of(short[] data, int offset, int rows, int columns, int rowStride) {
        return new Shorts(data, offset, rows, columns, rowStride);
    }

    /** A dense matrix of 16 bits in a segment, the lower byte first, outside the heap or over a {@code short[]}. */
    static Matrix ofShorts(MemorySegment data, int rows, int columns) {
        return ofShorts(data, 0, rows, columns, columns);
    }

    /**
     * Rows of {@code columns} times 16 bits, {@code rowStride} times 16 bits apart, from element {@code offset} of a segment, the
     * lower byte first, outside the heap or over a {@code short[]}.
     *
     * @throws IllegalArgumentException if the rows do not lie within the segment, or it is over another array, read-only
     *     over an array, or begins within an element of one
     */
    static Matrix ofShorts(MemorySegment data, long offset, int rows, int columns, long rowStride) {
        if (data.isNative()) {
            return new Segment(data, Short.BYTES, offset, rows, columns, rowStride);
        }
        final ArraySlice slice = ArraySlice.of(data);
        if (!(slice.array() instanceof short[] shorts)) {
            throw slice.unexpected("a short[]");
        }
        checkExtent("segment", data.byteSize() / Short.BYTES, offset, rows, columns, rowStride);
        return new Shorts(shorts, Sizes.plus(slice.firstElement(Short.BYTES), offset), rows, columns, rowStride);
    }

    /** A dense matrix of ints in a Java array. */
    static Matrix of(int[] data, int rows, int columns) {
        return new Ints(data, 0, rows, columns, columns);
    }

    /**
     * A dense matrix in a segment: of floats, or of ints for a result that is; outside the heap, or over a {@code float[]} or
     * an {@code int[]}.
     */
    static Matrix of(MemorySegment data, int rows, int columns) {
        return of(data, 0, rows, columns, columns);
    }

    /**
     * Rows of {@code columns} elements, {@code rowStride} elements apart, from element {@code offset} of a segment: of
     * floats, or of ints for a result that is; outside the heap, or over a {@code float[]} or an {@code int[]}.
     *
     * @throws IllegalArgumentException if the rows do not lie within the segment, or it is over another array, read-only
     *     over an array, or begins within an element of one
     */
    static Matrix of(MemorySegment data, long offset, int rows, int columns, long rowStride) {
        if (data.isNative()) {
            return new Segment(data, Float.BYTES, offset, rows, columns, rowStride);
        }
        final ArraySlice slice = ArraySlice.of(data);
        checkExtent("segment", data.byteSize() / Float.BYTES, offset, rows, columns, rowStride);
        return switch (slice.array()) {
            case float[] floats ->
                new Floats(floats, Sizes.plus(slice.firstElement(Float.BYTES), offset), rows, columns, rowStride);
            case int[] ints ->
                new Ints(ints, Sizes.plus(slice.firstElement(Integer.BYTES), offset), rows, columns, rowStride);
            default -> throw slice.unexpected("a float[] or an int[]");
        };
    }

    /** A dense matrix of bytes in a segment, outside the heap or over a {@code byte[]}. */
    static Matrix ofBytes(MemorySegment data, int rows, int columns) {
        return ofBytes(data, 0, rows, columns, columns);
    }

    /**
     * Rows of {@code columns} bytes, {@code rowStride} apart, from {@code offset} of a segment, outside the heap or over a
     * {@code byte[]}.
     *
     * @throws IllegalArgumentException if the rows do not lie within the segment, or it is over another array, or read-only
     *     over an array
     */
    static Matrix ofBytes(MemorySegment data, long offset, int rows, int columns, long rowStride) {
        if (data.isNative()) {
            return new Segment(data, 1, offset, rows, columns, rowStride);
        }
        final ArraySlice slice = ArraySlice.of(data);
        if (!(slice.array() instanceof byte[] bytes)) {
            throw slice.unexpected("a byte[]");
        }
        checkExtent("segment", data.byteSize(), offset, rows, columns, rowStride);
        return new Bytes(bytes, Sizes.plus(slice.first(), offset), rows, columns, rowStride);
    }

    /** Rows of {@code columns} ints, {@code rowStride} apart, from {@code offset} of a Java array. */
    static Matrix of(int[] data, int offset, int rows, int columns, int rowStride) {
        return new Ints(data, offset, rows, columns, rowStride);
    }

    /** A matrix in a few words, for messages: what holds it, its shape and, where it is not dense, where its rows are. */
    private static String describe(String storage, Matrix matrix) {
        final boolean dense = matrix.offset() == 0 && matrix.rowStride() == matrix.columns();
        return matrix.rows() + " x " + matrix.columns() + " in " + storage
                + (dense ? "" : ", rows " + matrix.rowStride() + " apart from " + matrix.offset());
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
        final long end = Sizes.end(offset, rows, columns, rowStride);
        if (!Sizes.fits(end, size)) {
            throw new IllegalArgumentException("data: " + what + " of " + size + " elements; " + rows + " rows of "
                    + columns + ", " + rowStride + " apart from " + offset + ", need " + Sizes.show(end));
        }
    }

    /** Where nothing is read, nobody's arithmetic is to go astray either. */
    private static long start(long offset, int rows, int columns) {
        return rows == 0 || columns == 0 ? 0 : offset;
    }

    private static long distance(long rowStride, int rows, int columns) {
        return rows < 2 || columns == 0 ? columns : rowStride;
    }
}
