package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.memory.Idle;
import dev.tilesmith.kernel.memory.ScratchPool;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Where machine code writes the results of a product: where they are wanted, or aside, from where they are copied. */
sealed interface NativeResults {
    /** Computes the results of {@code slice}, of all of whose panels but the last all columns are stored. */
    @FunctionalInterface
    interface Computation {
        void compute(Product slice, NativeRows to);
    }

    /** Has all results of rows from {@code row} to {@code endRow} computed, and brought to where they are wanted. */
    void compute(int row, int endRow, Computation computation);

    /** Gives back what was borrowed. */
    void giveBackTo(ScratchPool pool);

    /** Results of a product, which begin with a panel, where they are wanted. */
    static NativeResults inPlace(Product product) {
        return new InPlace(product, NativeRows.of(product.dst()));
    }

    /**
     * Results that are computed aside, {@code blockRows} rows at a time at most.
     *
     * @param narrowings what rounds them on their way to where they are wanted, of which one is borrowed
     */
    static NativeResults aside(
            Product product,
            NativeTiles tiles,
            int blockRows,
            int elementBytes,
            Optional<Idle<Narrowing>> narrowings,
            ScratchPool pool) {
        final int nr = tiles.nr();
        final int start = product.firstPanel(nr) * nr;
        final int width = tiles.asideColumns(product.endColumn() - start, blockRows, elementBytes);
        final MemorySegment memory = pool.borrow((long) blockRows * width * elementBytes);
        return new Aside(product, start, width, elementBytes, narrowings.map(Rounding::borrowed), memory);
    }

    /**
     * Results that are written where they are wanted.
     *
     * @param product whose results
     * @param to where they are wanted
     */
    record InPlace(Product product, NativeRows to) implements NativeResults {
        @Override
        public void compute(int row, int endRow, Computation computation) {
            computation.compute(product.part(row, endRow, product.firstColumn(), product.endColumn()), to);
        }

        @Override
        public void giveBackTo(ScratchPool pool) {}
    }

    /**
     * What rounds results.
     *
     * @param narrowing the one that is borrowed
     * @param from where it is given back
     */
    record Rounding(Narrowing narrowing, Idle<Narrowing> from) {
        static Rounding borrowed(Idle<Narrowing> from) {
            return new Rounding(from.take(), from);
        }

        void giveBack() {
            from.add(narrowing);
        }
    }

    /**
     * Results that are copied to where they are wanted, and rounded if these have 16 bits. There is room for whole panels, and for no more columns of a block of
     * rows than stay in a cache, however large the product.
     *
     * @param product whose results
     * @param start the first column of its first panel
     * @param width columns there is room for
     * @param elementBytes bytes of a result
     * @param rounding what rounds them
     * @param memory the room
     */
    record Aside(
            Product product, int start, int width, int elementBytes, Optional<Rounding> rounding, MemorySegment memory)
            implements NativeResults {
        @Override
        public void compute(int row, int endRow, Computation computation) {
            for (long column = start; column < product.endColumn(); column += width) {
                final int first = (int) column;
                final int end = (int) Math.min(column + width, product.endColumn());
                final NativeRows to = NativeRows.from(row, first, memory, width, elementBytes);
                computation.compute(product.part(row, endRow, first, end), to);
                bring(to, product.part(row, endRow, Math.max(first, product.firstColumn()), end));
            }
        }

        private void bring(NativeRows from, Product part) {
            if (rounding.isPresent()) {
                from.roundTo(part, rounding.get().narrowing());
            } else {
                from.copyTo(part);
            }
        }

        @Override
        public void giveBackTo(ScratchPool pool) {
            pool.giveBack(memory);
            rounding.ifPresent(Rounding::giveBack);
        }
    }
}
