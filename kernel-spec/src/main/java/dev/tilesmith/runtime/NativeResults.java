package dev.tilesmith.runtime;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Where machine code writes the results of a product: where they are wanted, or aside, from where they are copied. Aside there is
 * room for whole panels, and for no more columns of a block of rows than stay in a cache, however large the product.
 */
final class NativeResults {
    private final Product product;
    private final int start;
    private final int width;
    private final int nr;
    private final int elementBytes;
    private final Optional<NativeRows> inPlace;
    private final MemorySegment aside;

    /** Computes the results of {@code slice}, of all of whose panels but the last all columns are stored. */
    @FunctionalInterface
    interface Computation {
        void compute(Product slice, NativeRows to);
    }

    private NativeResults(
            Product product, int width, int nr, int elementBytes, Optional<NativeRows> inPlace, MemorySegment aside) {
        this.product = product;
        this.start = start(product, nr);
        this.width = width;
        this.nr = nr;
        this.elementBytes = elementBytes;
        this.inPlace = inPlace;
        this.aside = aside;
    }

    /** Results of a product, which begin with a panel, where {@code dst} is. */
    static NativeResults inPlace(Product product, Matrix.Segment dst) {
        return new NativeResults(
                product, product.columns(), 1, dst.elementBytes(), Optional.of(NativeRows.of(dst)), MemorySegment.NULL);
    }

    /** Results that are computed aside, {@code blockRows} rows at a time at most. */
    static NativeResults aside(Product product, NativeTiles tiles, int blockRows, int elementBytes, ScratchPool pool) {
        final int columns = product.endColumn() - start(product, tiles.nr());
        final int width = tiles.asideColumns(columns, blockRows, elementBytes);
        final MemorySegment aside = pool.borrow((long) blockRows * width * elementBytes);
        return new NativeResults(product, width, tiles.nr(), elementBytes, Optional.empty(), aside);
    }

    private static int start(Product product, int nr) {
        return product.firstPanel(nr) * nr;
    }

    /** Has all results of rows from {@code row} to {@code endRow} computed, and copied to where they are wanted. */
    void compute(int row, int endRow, Computation computation) {
        if (inPlace.isPresent()) {
            computation.compute(product.part(row, endRow, product.firstColumn(), product.endColumn()), inPlace.get());
            return;
        }
        for (long column = start; column < product.endColumn(); column += width) {
            final int first = (int) column;
            final int end = (int) Math.min(column + width, product.endColumn());
            final long stride = Math.ceilDiv(end - first, (long) nr) * nr;
            final NativeRows to = NativeRows.from(row, first, aside, stride, elementBytes);
            computation.compute(product.part(row, endRow, first, end), to);
            to.copyTo(product.part(row, endRow, Math.max(first, product.firstColumn()), end));
        }
    }

    /** Gives back what was borrowed. */
    void giveBackTo(ScratchPool pool) {
        if (inPlace.isEmpty()) {
            pool.giveBack(aside);
        }
    }
}
