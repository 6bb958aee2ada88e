package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.ScratchPool;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The product of a group's patches and its filters, or a part of it: a row for each pixel of the output. */
sealed interface PatchProduct {
    /** What computes it, patches given. */
    Compute compute();

    /** What is computed, of which the left operand may have no rows yet. */
    Product product();

    /** Computes all of it on the calling thread. */
    void run();

    /** The same for a part. */
    PatchProduct part(Product part);

    /** As how many threads' work it is worth. */
    default double worthThreads() {
        return WorkSplit.worthThreads(product(), compute().splitting());
    }

    /** Parts for threads to take, where there are {@code products} that are cut alike: this one as it is where they are enough. */
    default List<PatchProduct> parts(int products, int threads) {
        final Splitting splitting = compute().splitting();
        if (products >= (long) threads * splitting.partsPerThread()) {
            return List.of(this);
        }
        return WorkSplit.of(product(), compute().family(), splitting, threads).parts().stream()
                .map(this::part)
                .toList();
    }

    /** A group's product. */
    static PatchProduct of(Conv2dShape shape, Patches patches, Compute compute, Product product, ScratchPool pool) {
        return shape.isPointwise()
                ? new OfPixels(compute, product.withLhs(patches.pixels()))
                : new Gathered(compute, product, patches, pool);
    }

    /**
     * Patches that are pixels, and are multiplied where they lie.
     *
     * @param compute what computes it
     * @param product with pixels for its left operand
     */
    record OfPixels(Compute compute, Product product) implements PatchProduct {
        @Override
        public void run() {
            compute.run(product);
        }

        @Override
        public PatchProduct part(Product part) {
            return new OfPixels(compute, part);
        }
    }

    /**
     * Patches that are gathered, a block at a time, and each block multiplied while it is in the cache.
     *
     * @param compute what computes it
     * @param product whose left operand is not there
     * @param patches what its rows are
     * @param pool where memory for a block comes from
     */
    record Gathered(Compute compute, Product product, Patches patches, ScratchPool pool) implements PatchProduct {
        @Override
        public void run() {
            final long most = Math.clamp(compute.lhsBlockBytes() / patches.rowBytes(), 1, Integer.MAX_VALUE);
            final int blockRows = RowTiles.blockRows(product.rows(), compute.family(), (int) most);
            final MemorySegment block = pool.borrow(blockRows * patches.rowBytes());
            int row = product.firstRow();
            while (row < product.endRow()) {
                final int rows = product.rowsFrom(row, blockRows);
                compute.run(block(row, rows, patches.gather(row, rows, block)));
                row += rows;
            }
            pool.giveBack(block);
        }

        /** The product of some rows, whose left operand has these alone. */
        private Product block(int row, int rows, Matrix lhs) {
            final Matrix dst = product.dst();
            return new Product(
                    lhs,
                    product.rhs(),
                    dst.slice(row, rows, 0, dst.columns()),
                    0,
                    rows,
                    product.firstColumn(),
                    product.endColumn(),
                    product.clampMin(),
                    product.clampMax());
        }

        @Override
        public PatchProduct part(Product part) {
            return new Gathered(compute, part, patches, pool);
        }
    }
}
