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

    private final Place place;
    private final Matrix rows;
    private final int columns;

    private FiniteRows(Place place, Matrix rows) {
        this.place = place;
        this.rows = rows;
        this.columns = rows.columns();
    }

    /** What a value's place is called. */
    enum Place {
        /** Of a matrix. */
        ROW("lhs: row ", " at column "),
        /** Of images. */
        PIXEL("src: pixel ", " in channel ");

        private final String before;
        private final String between;

        Place(String before, String between) {
            this.before = before;
            this.between = between;
        }
    }

    /**
     * Fails if a value of the product's rows is an infinity or NaN. Of int8 none is.
     *
     * @throws IllegalArgumentException with the row, the column and the value of the first such
     */
    static void check(Product product, LhsFormat format) {
        new FiniteRows(Place.ROW, product.lhs()).check(format, product.firstRow(), product.endRow());
    }

    /**
     * Fails if a value of any row is an infinity or NaN.
     *
     * @throws IllegalArgumentException with the place and the value of the first such
     */
    static void check(Place place, Matrix rows, LhsFormat format) {
        new FiniteRows(place, rows).check(format, 0, rows.rows());
    }

    private void check(LhsFormat format, int first, int end) {
        final Optional<Halves> halves = format.halves();
        if (halves.isPresent()) {
            checkHalves(Widening.of(halves.get()), first, end);
        } else {
            checkFloats(first, end);
        }
    }

    /** Rows are widened a stretch at a time. */
    private void checkHalves(Widening widening, int first, int end) {
        final float[] floats = new float[Widening.LENGTH];
        for (int row = first; row < end; row++) {
            final long at = rows.offset() + row * rows.rowStride();
            for (int p = 0, count; p < columns; p += count) {
                count = Math.min(floats.length, columns - p);
                widening.widen(rows, at + p, count, MemorySegment.ofArray(floats), 0);
                check(floats, 0, count, row, p);
            }
        }
    }

    private void checkFloats(int first, int end) {
        for (int row = first; row < end && columns > 0; row++) {
            final long at = rows.offset() + row * rows.rowStride();
            switch (rows) {
                case Matrix.Floats floats -> check(floats.data(), (int) at, columns, row, 0);
                case Matrix.Segment segment -> {
                    if (segment.elementBytes() == Float.BYTES) {
                        check(segment.data(), at * Float.BYTES, columns, row);
                    }
                }
                case Matrix.Bytes _, Matrix.Shorts _, Matrix.Ints _ -> {
                    return;
                }
            }
        }
    }

    private void check(float[] data, int from, int count, int row, int column) {
        if (Float.isFinite(SymmetricQuantizer.largest(data, from, count))) {
            return;
        }
        for (int p = 0; p < count; p++) {
            check(data[from + p], row, column + p);
        }
    }

    private void check(MemorySegment data, long from, int k, int row) {
        float largest = 0f;
        for (int p = 0; p < k; p++) {
            largest = Math.max(largest, Math.abs(data.get(FLOAT, from + p * (long) Float.BYTES)));
        }
        for (int p = 0; !Float.isFinite(largest) && p < k; p++) {
            check(data.get(FLOAT, from + p * (long) Float.BYTES), row, p);
        }
    }

    private void check(float value, int row, int column) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(place.before + row + " has " + value + place.between + column
                    + "; expected finite values, as RunOptions.requireFiniteRows asks");
        }
    }
}
