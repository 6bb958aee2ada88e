package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.size.Sizes;
import dev.tilesmith.tune.Tuning;
import java.util.Arrays;

/**
 * Computes products with weights that have a scale for each block along K by micro-kernels in Java: {@code QAI8DX x QSI4C32},
 * and {@code QSI8D32} with {@code QSI4C32}, {@code QAI4C32} and {@code QSI8D32}; to F32, or what that is rounded to.
 *
 * <p>A block of rows is copied and quantized once, all of K, in chunks of whole blocks of weights; then each panel is read
 * once for all of those rows. The totals of a panel stay in a small array all the while, and the result is written once.
 */
public final class BlockJavaCompute extends ProductCompute {
    /** Values of the longest row. */
    private static final int MOST_VALUES = Sizes.LONGEST_ARRAY / BlockTiles.LHS_STRIDE * BlockTiles.K_CHUNK;

    private final BlockTiles tiles;
    private final int rowBlockFloats;

    /** Computes by {@code tiles}, those of {@code family}, in blocks of rows that fill their share of the second-level cache of {@code host}. */
    public BlockJavaCompute(BlockTiles tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.rowBlockFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        FloatRows.check(lhs, dst, family());
        if (rowFloats(lhs.columns()) > Sizes.LONGEST_ARRAY) {
            throw new IllegalArgumentException("lhs: rows of " + lhs.columns() + " values; target " + family().target()
                    + " holds a row in a Java array, and takes " + MOST_VALUES + " at most");
        }
    }

    @Override
    void run(Product product) {
        final int blockRows = blockRows(product);
        final Block block = new Block(product, blockRows);
        for (int row = product.firstRow(); row < product.endRow(); row += product.rowsFrom(row, blockRows)) {
            block.run(row, product.rowsFrom(row, blockRows));
        }
    }

    /** Rows that stay in the cache, or that a tile has; fewer where no array is so long. */
    private int blockRows(Product product) {
        final long ofRow = Math.max(1, rowFloats(product.k()));
        final int most = (int) Math.max(1, rowBlockFloats / ofRow);
        return (int) Math.min(RowTiles.blockRows(product.rows(), family(), most), Sizes.LONGEST_ARRAY / ofRow);
    }

    /** Floats of a row of {@code k} values, in its chunks. */
    private static long rowFloats(int k) {
        return Sizes.times(chunks(k), BlockTiles.LHS_STRIDE);
    }

    private static int chunks(int k) {
        return Math.ceilDiv(k, BlockTiles.K_CHUNK);
    }

    /** A block of rows, against all panels of a product. */
    private final class Block {
        private final Product product;
        private final PackedPanels packed;
        private final FloatRows operands;
        private final LhsBlocks quantizer;
        private final int nr = family().layout().nr();
        private final int bl;
        private final int perChunk;
        private final int chunks;
        private final float[] lhs;
        private final float[] row;
        private final float[] totals;
        private final float[] bias = new float[nr];
        private final float[] results = new float[nr];
        private int rows;

        Block(Product product, int blockRows) {
            this.product = product;
            this.packed = product.rhs();
            this.operands = new FloatRows(product, family());
            this.quantizer = LhsBlocks.of(product, family(), blockRows);
            this.bl = packed.blockLength();
            this.perChunk = BlockTiles.K_CHUNK / bl;
            this.chunks = chunks(product.k());
            this.lhs = new float[(int) (blockRows * rowFloats(product.k()))];
            this.row = new float[product.k()];
            this.totals = new float[blockRows * nr];
        }

        void run(int first, int count) {
            rows = count;
            for (int i = 0; i < rows; i++) {
                quantizeRow(first + i, i);
            }
            for (int panel = product.firstPanel(nr); panel < product.endPanel(nr); panel++) {
                quantizer.begin(panel);
                operands.readBias(panel, bias);
                multiply(panel);
                for (int i = 0; i < rows; i++) {
                    quantizer.finish(totals, i, results);
                    addBias();
                    tiles.activate(results);
                    operands.store(results, panel, first + i);
                }
            }
        }

        private void addBias() {
            for (int j = 0; j < nr; j++) {
                results[j] += bias[j];
            }
        }

        private void quantizeRow(int from, int i) {
            operands.read(from, row);
            quantizer.quantize(row, i);
            for (int b = 0; b < packed.blocks(); b++) {
                final int chunkAt = (b / perChunk * rows + i) * BlockTiles.LHS_STRIDE;
                quantizer.put(row, b, lhs, chunkAt + b % perChunk * (bl + quantizer.before()));
            }
        }

        private void multiply(int panel) {
            final RowTiles heights = RowTiles.of(rows, family());
            Arrays.fill(totals, 0, rows * nr, 0f);
            for (int chunk = 0; chunk < chunks; chunk++) {
                final int first = chunk * perChunk;
                final int blocks = Math.min(perChunk, packed.blocks() - first);
                final long at = panel * packed.panelBytes() + first * packed.blockBytes();
                for (int tile = 0, i = 0; tile < heights.count(); i += heights.mr(tile++)) {
                    final int lhsAt = (chunk * rows + i) * BlockTiles.LHS_STRIDE;
                    tiles.accumulate(heights.mr(tile), lhs, lhsAt, packed.data(), at, totals, i * nr, blocks, bl);
                }
            }
        }
    }
}
