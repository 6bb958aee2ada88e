package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.tune.Tuning;

/** Computes {@code QAI8 x QSI8CX} to {@code QAI8} or {@code I32}, and {@code QAI8 x QSI4CX} to {@code QAI8}, by micro-kernels in Java. */
public final class StaticInt8JavaCompute extends ProductCompute {
    private final Int8Tiles tiles;
    private final int rowBlockFloats;

    /** Computes by {@code tiles}, those of {@code family}, in blocks of rows that fill their share of the second-level cache of {@code host}. */
    public StaticInt8JavaCompute(Int8Tiles tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.rowBlockFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireBytes("lhs", lhs);
        family().layout().result().require("dst", dst);
    }

    @Override
    void checkOptions(RunOptions options) {
        Int8Bounds.check(family(), options);
    }

    @Override
    void run(Product product) {
        final int blockRows = Int8SumBlock.blockRows(family(), product.rows(), rowLength(product), rowBlockFloats);
        final Block block = new Block(product, blockRows);
        for (int row = product.firstRow(); row < product.endRow(); row += product.rowsFrom(row, blockRows)) {
            block.run(row, product.rowsFrom(row, blockRows));
        }
    }

    private int rowLength(Product product) {
        return family().layout().rowLength(product.k());
    }

    /** A block of rows, against all panels of a product. */
    private final class Block {
        private final Product product;
        private final int nr = family().layout().nr();
        private final Int8Reader reader = new Int8Reader("lhs");
        private final Int8SumBlock sums;
        private final float[] row;
        private final StaticInt8Results results;

        Block(Product product, int blockRows) {
            this.product = product;
            this.sums = Int8SumBlock.of(tiles, family(), rowLength(product), blockRows);
            this.row = new float[rowLength(product)];
            this.results = new StaticInt8Results(product, family());
        }

        void run(int first, int rows) {
            sums.begin(rows);
            for (int i = 0; i < rows; i++) {
                final long at =
                        product.lhs().offset() + (first + i) * product.lhs().rowStride();
                reader.read(product.lhs(), at, product.k(), row, 0);
                final int factor = product.rhs().beginningFactor();
                sums.setRow(i, row, factor == 0 ? 0 : RowQuantizer.beginning(row, 0, product.k(), factor));
            }
            for (int panel = product.firstPanel(nr); panel < product.endPanel(nr); panel++) {
                results.begin(panel);
                final int[] products = sums.multiply(product.rhs(), panel);
                for (int i = 0; i < rows; i++) {
                    results.finish(products, i * nr);
                    results.store(panel, first + i);
                }
            }
        }
    }
}
