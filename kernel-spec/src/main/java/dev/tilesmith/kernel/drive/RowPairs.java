package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Rows of 16 bits in pairs, {@code [k/4][2][4]} values: of each row four along K in turn. Zeros are beyond the end of K, and in place of the last
 * pair's second row where there is none.
 */
final class RowPairs {
    /** Values of a row that lie together: 64 bits, which are copied at once. */
    private static final int TOGETHER = Long.BYTES / Short.BYTES;

    private static final long STEP = 2L * Long.BYTES;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private RowPairs() {}

    /**
     * Copies rows.
     *
     * @param lhs the matrix that has them
     * @param first the first of them
     * @param stride bytes from one pair to the next
     */
    static void copy(Matrix lhs, int first, int rows, MemorySegment to, long stride) {
        final MemorySegment from = bytes(lhs);
        for (int i = 0; i < rows; i++) {
            final long row = (lhs.offset() + (first + i) * lhs.rowStride()) * Short.BYTES;
            copy(from, row, lhs.columns(), to, at(i, stride));
        }
        if (rows % 2 == 1) {
            clear(lhs.columns(), to, at(rows, stride));
        }
    }

    /** Where a row begins: the second of a pair after four values of the first. */
    private static long at(int row, long stride) {
        return row / 2 * stride + row % 2 * (long) Long.BYTES;
    }

    private static MemorySegment bytes(Matrix lhs) {
        return switch (lhs) {
            case Matrix.Shorts array -> MemorySegment.ofArray(array.data());
            case Matrix.Segment segment -> segment.data();
            case Matrix.Floats _, Matrix.Ints _, Matrix.Bytes _ ->
                throw new IllegalArgumentException("lhs: " + lhs + " has no values of 16 bits");
        };
    }

    private static void copy(MemorySegment from, long row, int k, MemorySegment to, long at) {
        final int whole = k / TOGETHER;
        for (int step = 0; step < whole; step++) {
            to.set(LONG, at + step * STEP, from.get(LONG, row + step * (long) Long.BYTES));
        }
        long last = 0;
        for (int p = whole * TOGETHER; p < k; p++) {
            last |= Short.toUnsignedLong(from.get(SHORT, row + p * (long) Short.BYTES)) << (p % TOGETHER * Short.SIZE);
        }
        if (k % TOGETHER != 0) {
            to.set(LONG, at + whole * STEP, last);
        }
    }

    private static void clear(int k, MemorySegment to, long at) {
        for (int step = 0; step < Math.ceilDiv(k, TOGETHER); step++) {
            to.set(LONG, at + step * STEP, 0);
        }
    }
}
