package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.packing.SymmetricQuantizer;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Whether the rows that a product reads are finite, for callers who want to know before rather than after. */
final class FiniteRows {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private FiniteRows() {}

    /**
     * Fails if a value of the product's rows is an infinity or NaN. Of int8 none is.
     *
     * @throws IllegalArgumentException with the row, the column and the value of the first such
     */
    static void check(Product product, LhsFormat rows) {
        final Optional<Halves> halves = rows.halves();
        if (halves.isPresent()) {
            checkHalves(product, Widening.of(halves.get()));
        } else {
            checkFloats(product);
        }
    }

    /** Rows are widened a stretch at a time. */
    private static void checkHalves(Product product, Widening widening) {
        final float[] floats = new float[Widening.LENGTH];
        for (int row = product.firstRow(); row < product.endRow(); row++) {
            final long at = product.lhs().offset() + row * product.lhs().rowStride();
            for (int p = 0, count; p < product.k(); p += count) {
                count = Math.min(floats.length, product.k() - p);
                widening.widen(product.lhs(), at + p, count, MemorySegment.ofArray(floats), 0);
                check(floats, 0, count, row, p);
            }
        }
    }

    private static void checkFloats(Product product) {
        final Matrix lhs = product.lhs();
        for (int row = product.firstRow(); row < product.endRow() && product.k() > 0; row++) {
            final long at = lhs.offset() + row * lhs.rowStride();
            switch (lhs) {
                case Matrix.Floats floats -> check(floats.data(), (int) at, product.k(), row, 0);
                case Matrix.Segment segment -> {
                    if (segment.elementBytes() == Float.BYTES) {
                        check(segment.data(), at * Float.BYTES, product.k(), row);
                    }
                }
                case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> {
                    return;
                }
            }
        }
    }

    private static void check(float[] data, int from, int count, int row, int column) {
        if (Float.isFinite(SymmetricQuantizer.largest(data, from, count))) {
            return;
        }
        for (int p = 0; p < count; p++) {
            check(data[from + p], row, column + p);
        }
    }

    private static void check(MemorySegment data, long from, int k, int row) {
        float largest = 0f;
        for (int p = 0; p < k; p++) {
            largest = Math.max(largest, Math.abs(data.get(FLOAT, from + p * (long) Float.BYTES)));
        }
        for (int p = 0; !Float.isFinite(largest) && p < k; p++) {
            check(data.get(FLOAT, from + p * (long) Float.BYTES), row, p);
        }
    }

    private static void check(float value, int row, int column) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("lhs: row " + row + " has " + value + " at column " + column
                    + "; expected finite values, as RunOptions.requireFiniteRows asks");
        }
    }
}
