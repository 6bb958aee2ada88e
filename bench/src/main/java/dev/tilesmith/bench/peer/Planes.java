package dev.tilesmith.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Images, or filters, with their channels beside each other, NHWC, and one behind the other, NCHW.
 *
 * @param count how many
 * @param pixels of each
 * @param channels of each pixel
 * @param bytes of an element
 */
record Planes(int count, int pixels, int channels, int bytes) {
    /** In the order NCHW, of what is in the order NHWC. */
    MemorySegment ofPixels(MemorySegment source) {
        return turned(source, pixels, channels);
    }

    /** In the order NHWC, of what is in the order NCHW. */
    MemorySegment toPixels(MemorySegment source) {
        return turned(source, channels, pixels);
    }

    private MemorySegment turned(MemorySegment source, int rows, int columns) {
        final MemorySegment target = Arena.ofAuto().allocate(source.byteSize(), 64);
        for (int i = 0; i < count; i++) {
            final long first = (long) i * rows * columns;
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    final long from = first + (long) row * columns + column;
                    final long to = first + (long) column * rows + row;
                    MemorySegment.copy(source, from * bytes, target, to * bytes, bytes);
                }
            }
        }
        return target;
    }
}
