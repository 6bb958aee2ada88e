package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.ResultFormat;
import dev.tilesmith.kernel.layout.StoredValues;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Computes products of rows and weights in f32 or narrower floats, by micro-kernels in Java.
 *
 * <p>A block of rows is copied once, all of K, and widened if it is of 16 bits; then each panel of weights is read once for
 * the whole block, in blocks of K that stay in the first-level cache while the block's tiles go over them. The sums of a
 * panel stay in a small array all the while, and the result is written once, rounded first if it is of 16 bits. Where all of K is more than an array should
 * hold, it is copied slice by slice, for each panel anew.
 */
public final class F32JavaCompute extends ProductCompute {
    private final LhsFormat lhsFormat;
    private final ResultFormat resultFormat;
    private final F32Tiles tiles;
    private final int rowBlockFloats;

    /** Computes by {@code tiles}, those of {@code family}, in blocks of rows that fill their share of the second-level cache of {@code host}. */
    public F32JavaCompute(F32Tiles tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.lhsFormat = LhsFormat.of(family.lhs());
        this.resultFormat = ResultFormat.of(family.dst());
        this.tiles = tiles;
        this.rowBlockFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        lhsFormat.require("lhs", lhs);
        resultFormat.require("dst", dst);
    }

    @Override
    void run(Product product) {
        final int kBlocks = Math.max(1, Math.ceilDiv(product.k(), F32Tiles.K_BLOCK));
        final int limit = (int) Math.max(1, rowBlockFloats / ((long) kBlocks * F32Tiles.LHS_STRIDE));
        final int blockRows = RowTiles.blockRows(product.rows(), family(), limit);
        final Block block = new Block(product, kBlocks, blockRows);
        for (int row = product.firstRow(); row < product.endRow(); row += product.rowsFrom(row, blockRows)) {
            block.run(row, product.rowsFrom(row, blockRows));
        }
    }

    /** A block of rows, against all panels of a product. */
    private final class Block {
        private final Product product;
        private final int kBlocks;
        private final int slice;
        private final int nr = family().layout().nr();
        private final StoredValues stored = family().layout().weights().stored();
        private final float[] lhs;
        private final float[] sums;
        private final F32Reader reader = new F32Reader(lhsFormat);
        private final F32Results results;

        Block(Product product, int kBlocks, int blockRows) {
            this.product = product;
            this.kBlocks = kBlocks;
            this.slice = Math.clamp(FloatRows.MOST_FLOATS / ((long) blockRows * F32Tiles.LHS_STRIDE), 1, kBlocks);
            this.lhs = new float[slice * blockRows * F32Tiles.LHS_STRIDE];
            this.sums = new float[blockRows * nr];
            this.results = new F32Results(tiles, product, nr, resultFormat);
        }

        void run(int row, int rows) {
            final RowTiles tilesOfBlock = RowTiles.of(rows, family());
            final boolean all = slice == kBlocks;
            if (all) {
                copyRows(row, rows, 0);
            }
            for (int panel = product.firstPanel(nr); panel < product.endPanel(nr); panel++) {
                Arrays.fill(sums, 0, rows * nr, 0f);
                for (int first = 0; first < kBlocks; first += slice) {
                    if (!all) {
                        copyRows(row, rows, first);
                    }
                    accumulate(panel, rows, tilesOfBlock, first);
                }
                results.finish(panel, row, rows, sums);
            }
        }

        /** Copies those blocks of K that {@code first} begins. */
        private void copyRows(int row, int rows, int first) {
            for (int block = 0; block < Math.min(slice, kBlocks - first); block++) {
                final int k0 = (first + block) * F32Tiles.K_BLOCK;
                final int length = Math.min(F32Tiles.K_BLOCK, product.k() - k0);
                for (int i = 0; i < rows; i++) {
                    copyRow(row + i, k0, length, (block * rows + i) * F32Tiles.LHS_STRIDE);
                }
            }
        }

        private void copyRow(int row, int k0, int length, int to) {
            final long from = product.lhs().offset() + row * product.lhs().rowStride() + k0;
            reader.read(product.lhs(), from, length, lhs, to);
        }

        /** Goes over those blocks of K. */
        private void accumulate(int panel, int rows, RowTiles tilesOfBlock, int first) {
            final MemorySegment rhs = product.rhs().data();
            final long panelStart = panel * product.rhs().panelBytes();
            for (int block = 0; block < Math.min(slice, kBlocks - first); block++) {
                final int k0 = (first + block) * F32Tiles.K_BLOCK;
                final int length = Math.min(F32Tiles.K_BLOCK, product.k() - k0);
                final long values = panelStart + stored.bytes((long) k0 * nr);
                for (int tile = 0, i = 0; tile < tilesOfBlock.count(); i += tilesOfBlock.mr(tile++)) {
                    tiles.accumulate(
                            tilesOfBlock.mr(tile),
                            lhs,
                            (block * rows + i) * F32Tiles.LHS_STRIDE,
                            rhs,
                            values,
                            sums,
                            i * nr,
                            length);
                }
            }
        }
    }
}
