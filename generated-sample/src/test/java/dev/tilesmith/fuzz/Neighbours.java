package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Element;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * Rows and results in one array or one segment: beside or between each other, which is nobody's concern, or over each
 * other, which is refused.
 *
 * @param lhs the rows
 * @param dst the results
 */
record Neighbours(Operand lhs, Operand dst) {
    private static final int MOST_GAP = 5;

    /** Where the rows of one of both lie, in elements. */
    private record Extent(int offset, int rows, int columns, int stride) {
        int size() {
            return rows == 0 || columns == 0 ? offset : offset + (rows - 1) * stride + columns;
        }

        boolean has(int at) {
            final int from = at - offset;
            final int row = rows == 1 ? 0 : from / Math.max(1, stride);
            return from >= 0 && row < rows && from - row * stride < columns;
        }
    }

    /** Rows of k elements and of n results, m of both. */
    static Neighbours place(
            Draw draw, Oracle oracle, Memory memory, Element element, int m, int k, int n, MemorySegment rows) {
        final boolean between = draw.note("between", draw.oneIn(2));
        final int gap = draw.between(0, MOST_GAP);
        final int stride = k + n + gap;
        final int start = draw.between(0, MOST_GAP);
        final Extent from = between
                ? new Extent(start, m, k, stride)
                : new Extent(draw.below(stride + 1), m, k, k + draw.between(0, n + MOST_GAP));
        final Extent to = between
                ? new Extent(start + k + draw.between(0, gap), m, n, stride)
                : new Extent(draw.below(2 * stride + 1), m, n, n + draw.between(0, k + MOST_GAP));
        draw.note("lhs", from);
        draw.note("dst", to);
        final int size = Math.max(from.size(), to.size()) + draw.between(0, MOST_GAP);
        for (int at = 0; at < size; at++) {
            if (from.has(at) && to.has(at)) {
                oracle.fault("dst", "overlaps lhs");
                break;
            }
        }
        final boolean onHeap = draw.note("on the heap", draw.oneIn(2));
        final MemorySegment all =
                onHeap ? array(element, size) : memory.arena().allocate((long) size * element.bytes());
        all.copyFrom(MemorySegment.ofArray(draw.bytes((int) all.byteSize())));
        final Operand lhs = operand(element, all, from);
        if (k > 0) {
            lhs.fill(rows, m, k);
        }
        return new Neighbours(lhs, operand(element, all, to));
    }

    private static MemorySegment array(Element element, int size) {
        return switch (element) {
            case F32 -> MemorySegment.ofArray(new float[size]);
            case HALF -> MemorySegment.ofArray(new short[size]);
            case I8 -> MemorySegment.ofArray(new byte[size]);
            case I32 -> MemorySegment.ofArray(new int[size]);
        };
    }

    private static Operand operand(Element element, MemorySegment all, Extent extent) {
        final long bytes = element.bytes();
        final Supplier<Matrix> view = () -> view(element, all, extent);
        return new Operand(element, all, extent.offset() * bytes, extent.stride() * bytes, view);
    }

    private static Matrix view(Element element, MemorySegment all, Extent extent) {
        return switch (element) {
            case F32, I32 -> Matrix.of(all, extent.offset(), extent.rows(), extent.columns(), extent.stride());
            case HALF -> Matrix.ofShorts(all, extent.offset(), extent.rows(), extent.columns(), extent.stride());
            case I8 -> Matrix.ofBytes(all, extent.offset(), extent.rows(), extent.columns(), extent.stride());
        };
    }
}
