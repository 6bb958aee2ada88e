package dev.tilesmith.kernel.layout;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Elements of 16 bits of a matrix, copied from it and to it: in a segment the lower byte is first, as files have it. */
public final class HalfElements {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private HalfElements() {}

    /**
     * Copies elements of a row to the start of an array.
     *
     * @param what the matrix's name, for messages
     * @param first their first, counted from the start of the matrix's storage
     */
    public static void read(String what, Matrix from, long first, short[] to, int count) {
        switch (from) {
            case Matrix.Shorts shorts -> System.arraycopy(shorts.data(), (int) first, to, 0, count);
            case Matrix.Segment segment -> MemorySegment.copy(segment.data(), SHORT, first * Short.BYTES, to, 0, count);
            case Matrix.Floats _, Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notHalves(what, from);
        }
    }

    /**
     * Copies elements to a row.
     *
     * @param what the matrix's name, for messages
     * @param start where they begin in the array
     * @param first their first there, counted from the start of the matrix's storage
     */
    public static void write(String what, short[] from, int start, int count, Matrix to, long first) {
        switch (to) {
            case Matrix.Shorts shorts -> System.arraycopy(from, start, shorts.data(), (int) first, count);
            case Matrix.Segment segment ->
                MemorySegment.copy(from, start, segment.data(), SHORT, first * Short.BYTES, count);
            case Matrix.Floats _, Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notHalves(what, to);
        }
    }
}
