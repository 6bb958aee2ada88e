package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.thread.PartRunner;
import dev.tilesmith.runtime.RunOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A product cut into parts that any thread may take. The parts do not depend on which thread takes them, and no sum is
 * cut, so that the result's bits do not either.
 */
public final class WorkSplit {
    private final List<Product> parts;
    private final int threads;

    private WorkSplit(List<Product> parts, int threads) {
        this.parts = parts;
        this.threads = threads;
    }

    /** The parts. */
    List<Product> parts() {
        return parts;
    }

    /** On how many of {@code parallelism} threads a product is best computed. */
    static int threads(Product product, Splitting splitting, int parallelism) {
        return threads(worthThreads(product, splitting), parallelism);
    }

    /** On how many of {@code parallelism} threads work is best done that is worth so many. */
    static int threads(double worth, int parallelism) {
        return (int) Math.min(Math.min(parallelism, PartRunner.MOST_THREADS), Math.max(1, worth));
    }

    /** As how many threads' work a product is worth: a part of one where it is small. */
    static double worthThreads(Product product, Splitting splitting) {
        return worthThreads(product.rows(), product.columns(), product.k(), splitting);
    }

    /** The same of a product of m × n sums of k products. */
    static double worthThreads(int m, int n, int k, Splitting splitting) {
        final double rows = Math.max(m, splitting.rowsThatHideWeights());
        return rows * n * k / splitting.worthAThread();
    }

    /**
     * Cuts by rows first, for each part prepares its rows for itself; by columns, at panels, where rows are too few to
     * cut, and columns enough to pay for preparing the rows again.
     */
    static WorkSplit of(Product product, PanelFamily family, Splitting splitting, int threads) {
        final int nr = family.layout().nr();
        final int panels = product.endPanel(nr) - product.firstPanel(nr);
        final int rowTiles = Math.ceilDiv(product.rows(), family.maxMr());
        final int wanted = threads * splitting.partsPerThread();
        int rowParts = Math.clamp(rowTiles / splitting.tilesOfAPart(), 1, wanted);
        int columnParts = Math.clamp(
                product.columns() / splitting.columnsOfAPart(), 1, Math.min(panels, Math.ceilDiv(wanted, rowParts)));
        if (rowParts * columnParts < threads) {
            columnParts = Math.min(panels, threads);
            rowParts = Math.min(rowTiles, Math.ceilDiv(threads, columnParts));
        }
        return new WorkSplit(parts(product, nr, rowParts, columnParts), threads);
    }

    private static List<Product> parts(Product product, int nr, int rowParts, int columnParts) {
        final int firstPanel = product.firstPanel(nr);
        final int panels = product.endPanel(nr) - firstPanel;
        final List<Product> parts = new ArrayList<>(rowParts * columnParts);
        for (int i = 0; i < rowParts; i++) {
            final int fromRow = product.firstRow() + cut(product.rows(), rowParts, i);
            final int toRow = product.firstRow() + cut(product.rows(), rowParts, i + 1);
            for (int j = 0; j < columnParts; j++) {
                final long fromColumn = (firstPanel + (long) cut(panels, columnParts, j)) * nr;
                final long toColumn = (firstPanel + (long) cut(panels, columnParts, j + 1)) * nr;
                parts.add(product.part(fromRow, toRow, (int) Math.max(fromColumn, product.firstColumn()), (int)
                        Math.min(toColumn, product.endColumn())));
            }
        }
        return parts;
    }

    private static int cut(int size, int parts, int index) {
        return (int) ((long) size * index / parts);
    }

    /** Computes all parts, the calling thread among those that take them, and returns when the last is done. */
    void run(ProductCompute compute, RunOptions options) {
        PartRunner.run(parts.size(), options.executor(), threads, part -> compute.run(parts.get(part)));
    }
}
