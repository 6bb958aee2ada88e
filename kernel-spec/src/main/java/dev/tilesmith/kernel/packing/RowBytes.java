package dev.tilesmith.kernel.packing;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Some rows of a matrix of bytes, a long piece of each at a time, copied to one array. Loops then read one kind of memory,
 * whatever the caller's is: code that has met segments of several classes is slower with all of them.
 */
final class RowBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /** Bytes of all pieces: as many as the second-level cache has room for beside what they are turned into. */
    private static final int MOST_BYTES = 3 << 17;

    private final Matrix values;
    private final MemorySegment data;
    private final int groupBytes;
    private final int pieceBytes;
    private final byte[] bytes;
    private int start;
    private int end;

    /**
     * Rows of {@code values}.
     *
     * @param rows how many at a time
     * @param groupBytes bytes of a group of values along a row; pieces are whole stretches of them
     */
    RowBytes(Matrix values, int rows, int groupBytes) {
        this.values = values;
        this.data = segment(values);
        this.groupBytes = groupBytes;
        final int stretch = ValueGroups.STRETCH * groupBytes;
        final int most = Math.max(1, MOST_BYTES / (rows * stretch)) * stretch;
        this.pieceBytes = Math.min(most, values.columns());
        this.bytes = new byte[Math.multiplyExact(rows, pieceBytes) + 2 * Long.BYTES];
    }

    /** The storage of a matrix of bytes. */
    static MemorySegment segment(Matrix values) {
        return switch (values) {
            case Matrix.Bytes given -> MemorySegment.ofArray(given.data());
            case Matrix.Segment given -> given.data();
            case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notBytes("weights", values);
        };
    }

    /** Forgets what has been fetched. */
    void begin() {
        start = 0;
        end = 0;
    }

    /** Sees to it that {@code rows} rows from {@code row} on are there from a group on, which is the first or the next. */
    void fetch(int row, int rows, int group) {
        final int from = group * groupBytes;
        if (from < end) {
            return;
        }
        start = from;
        end = from + Math.min(pieceBytes, values.columns() - from);
        final long at = values.offset() + row * values.rowStride() + from;
        if (pieceBytes == values.rowStride()) { // one long copy takes a third of the time of many short ones
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, bytes, 0, rows * pieceBytes);
            return;
        }
        for (int i = 0; i < rows; i++) {
            MemorySegment.copy(
                    data, ValueLayout.JAVA_BYTE, at + i * values.rowStride(), bytes, i * pieceBytes, end - start);
        }
    }

    /** Where a group of the first row begins, of those fetched last. */
    int place(int group) {
        return group * groupBytes - start;
    }

    /** Bytes from a group of one row to that of the next. */
    int step() {
        return pieceBytes;
    }

    /** Eight bytes; those that lie beyond the piece are of any value. */
    long longAt(int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Two bytes. */
    short shortAt(int at) {
        return (short) SHORT.get(bytes, at);
    }
}
