package dev.tilesmith.kernel.drive;

import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Copies elements of a matrix into memory as they are. */
final class ElementCopy {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ElementCopy() {}

    /**
     * Copies elements that lie together.
     *
     * @param first the first, counted from the start of the storage
     * @param at byte at which it goes
     */
    static void copy(Matrix from, long first, int count, MemorySegment to, long at) {
        switch (from) {
            case Matrix.Segment given -> {
                final long bytes = given.elementBytes();
                MemorySegment.copy(given.data(), first * bytes, to, at, count * bytes);
            }
            case Matrix.Floats given -> MemorySegment.copy(given.data(), (int) first, to, FLOAT, at, count);
            case Matrix.Ints given -> MemorySegment.copy(given.data(), (int) first, to, INT, at, count);
            case Matrix.Shorts given -> MemorySegment.copy(given.data(), (int) first, to, SHORT, at, count);
            case Matrix.Bytes given ->
                MemorySegment.copy(given.data(), (int) first, to, ValueLayout.JAVA_BYTE, at, count);
        }
    }
}
