package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Results of pixels side by side that were computed aside, since they are part of a line or of a panel, or belong on the heap.
 *
 * @param memory where they are
 * @param product what they are results of
 */
record AsideLine(MemorySegment memory, Product product) {
    /**
     * Copies results to where they belong, at once where they lie together there too.
     *
     * @param at bytes to those of the first pixel, from the first channel of a panel on
     * @param stride elements of a pixel
     * @param firstColumn the panel's first column of the result
     * @param row the first pixel's row of the result
     */
    void store(long at, int stride, int firstColumn, int row, int pixels) {
        final Matrix dst = product.dst();
        final int left = Math.max(product.firstColumn() - firstColumn, 0);
        final long to = dst.offset() + row * dst.rowStride() + firstColumn + left;
        if (left == 0 && dst.rowStride() == stride) {
            copy(at, pixels * stride, to);
            return;
        }
        final long pixelBytes = (long) stride * ElementKind.bytes(dst);
        for (int x = 0; x < pixels; x++) {
            copy(at + x * pixelBytes + (long) left * ElementKind.bytes(dst), stride - left, to + x * dst.rowStride());
        }
    }

    private void copy(long from, int count, long to) {
        switch (product.dst()) {
            case Matrix.Bytes dst ->
                MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, from, dst.data(), (int) to, count);
            case Matrix.Floats dst ->
                MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT_UNALIGNED, from, dst.data(), (int) to, count);
            case Matrix.Segment dst -> {
                final int bytes = dst.elementBytes();
                MemorySegment.copy(memory, from, dst.data(), to * bytes, (long) count * bytes);
            }
            case Matrix.Shorts _, Matrix.Ints _ -> throw ElementKind.notBytes("dst", product.dst());
        }
    }
}
