package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;

/** Whether a result would be written over an operand that is still to be read. */
@SuppressWarnings("ReferenceEquality") // whether two views share one array is what is asked
final class Overlap {
    private Overlap() {}

    /** Fails if {@code dst} shares memory with {@code lhs} or the packed weights. */
    static void check(Matrix lhs, PackedRhs rhs, Matrix dst) {
        switch (dst) {
            case Matrix.Segment to -> {
                if (lhs instanceof Matrix.Segment from && overlap(from, to)) {
                    throw new IllegalArgumentException("dst: overlaps lhs; expected memory of its own");
                }
                if (overlaps(rhs.data(), to)) {
                    throw new IllegalArgumentException("dst: overlaps the packed weights; expected memory of its own");
                }
            }
            case Matrix.Floats to ->
                checkArrays(lhs, lhs instanceof Matrix.Floats from && from.data() == to.data(), to);
            case Matrix.Bytes to -> checkArrays(lhs, lhs instanceof Matrix.Bytes from && from.data() == to.data(), to);
            case Matrix.Ints to -> checkArrays(lhs, lhs instanceof Matrix.Ints from && from.data() == to.data(), to);
        }
    }

    private static void checkArrays(Matrix lhs, boolean sameArray, Matrix dst) {
        if (sameArray && lhs.offset() < end(dst) && dst.offset() < end(lhs)) {
            throw new IllegalArgumentException("dst: overlaps lhs in one array; expected elements of its own");
        }
    }

    private static boolean overlap(Matrix.Segment lhs, Matrix.Segment dst) {
        final long start = lhs.data().address() + lhs.offset() * lhs.elementBytes();
        final long bytes = (end(lhs) - lhs.offset()) * lhs.elementBytes();
        return overlaps(start, bytes, dst);
    }

    private static boolean overlaps(MemorySegment data, Matrix.Segment dst) {
        return overlaps(data.address(), data.byteSize(), dst);
    }

    private static boolean overlaps(long start, long bytes, Matrix.Segment dst) {
        final long dstStart = dst.data().address() + dst.offset() * dst.elementBytes();
        final long dstBytes = (end(dst) - dst.offset()) * dst.elementBytes();
        return start < dstStart + dstBytes && dstStart < start + bytes;
    }

    /** The element after the last one. */
    private static long end(Matrix matrix) {
        final boolean empty = matrix.rows() == 0 || matrix.columns() == 0;
        return empty ? matrix.offset() : matrix.offset() + (matrix.rows() - 1) * matrix.rowStride() + matrix.columns();
    }
}
