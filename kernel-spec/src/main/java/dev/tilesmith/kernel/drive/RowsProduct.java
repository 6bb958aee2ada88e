package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A product of rows that lie somewhere, or are gathered from where their values lie, or a part of it. */
sealed interface RowsProduct {
    /** What computes it, rows given. */
    ProductCompute compute();

    /** What is computed, of which the left operand may have no rows yet. */
    Product product();

    /** Computes all of it on the calling thread. */
    void run();

    /** The same for a part. */
    RowsProduct part(Product part);

    /** As how many threads' work it is worth. */
    default double worthThreads() {
        return WorkSplit.worthThreads(product(), compute().splitting());
    }

    /** Parts for threads to take, where there are {@code products} that are cut alike: this one as it is where they are enough. */
    default List<RowsProduct> parts(int products, int threads) {
        final Splitting splitting = compute().splitting();
        if (products >= (long) threads * splitting.partsPerThread()) {
            return List.of(this);
        }
        return WorkSplit.of(product(), compute().family(), splitting, threads).parts().stream()
                .map(this::part)
                .toList();
    }

    /**
     * Of rows that are multiplied where they lie.
     *
     * @param compute what computes it
     * @param product what is computed
     */
    record InPlace(ProductCompute compute, Product product) implements RowsProduct {
        @Override
        public void run() {
            compute.run(product);
        }

        @Override
        public RowsProduct part(Product part) {
            return new InPlace(compute, part);
        }
    }

    /**
     * Of rows that are gathered, a block at a time, and each block multiplied while it is in the cache.
     *
     * @param compute what computes it
     * @param product whose left operand is not there
     * @param rows what its rows are
     * @param pool where memory for a block comes from
     */
    record Gathered(ProductCompute compute, Product product, GatheredRows rows, ScratchPool pool)
            implements RowsProduct {
        @Override
        public void run() {
            final long most = Math.clamp(compute.lhsBlockBytes() / rows.rowBytes(), 1, Integer.MAX_VALUE);
            final int blockRows = RowTiles.blockRows(product.rows(), compute.family(), (int) most);
            final MemorySegment block = pool.borrow(blockRows * rows.rowBytes());
            int row = product.firstRow();
            while (row < product.endRow()) {
                final int count = product.rowsFrom(row, blockRows);
                compute.run(block(row, count, rows.gather(row, count, block)));
                row += count;
            }
            pool.giveBack(block);
        }

        /** The product of some rows, whose left operand has these alone. */
        private Product block(int row, int count, Matrix lhs) {
            final Matrix dst = product.dst();
            return new Product(
                    lhs,
                    product.rhs(),
                    dst.slice(row, count, 0, dst.columns()),
                    0,
                    count,
                    product.firstColumn(),
                    product.endColumn(),
                    product.clampMin(),
                    product.clampMax());
        }

        @Override
        public RowsProduct part(Product part) {
            return new Gathered(compute, part, rows, pool);
        }
    }
}
