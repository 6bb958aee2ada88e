package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntFunction;

/**
 * Computes {@code QAI8DX x QSI8CX}, {@code x QSI4CX} and {@code x QSU2CX}, to F32 or what that is rounded to, by micro-kernels in
 * Java.
 *
 * <p>A block of rows is copied and quantized once, all of K; then each panel of weights is read once for the whole
 * block, in blocks of K. The sums of a panel stay in a small array all the while, and the result is written once.
 */
public final class Int8JavaCompute extends ProductCompute {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final IntFunction<Int8Tiles> tiles;
    private final int rowBlockFloats;

    /** Computes by {@code tiles}, those of {@code family}, in blocks of rows that fill their share of the second-level cache of {@code host}. */
    public Int8JavaCompute(Int8Tiles tiles, PanelFamily family, Host host, Tuning tuning) {
        this(_ -> tiles, family, host, tuning);
    }

    /**
     * As the other, for weights of two bits.
     *
     * @param tiles makes the tiles for a table: four unsigned bytes, the first in the lowest bits
     */
    public Int8JavaCompute(IntFunction<Int8Tiles> tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.rowBlockFloats = FloatRows.blockFloats(host, tuning);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        FloatRows.check(lhs, dst, family());
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
        private final FloatRows operands;
        private final int nr = family().layout().nr();
        private final Int8Tiles code;
        private final Int8SumBlock block;
        private final float[] row;
        private final int[] zeroPoints;
        private final float[] inverseScales;
        private final int[] weightSums = new int[nr];
        private final float[] scales = new float[nr];
        private final float[] bias = new float[nr];
        private final float[] results = new float[nr];
        private final RowQuantizer quantizer = new RowQuantizer();

        Block(Product product, int blockRows) {
            this.product = product;
            this.operands = new FloatRows(product, family());
            this.code = tiles.apply(product.rhs().table());
            this.block = Int8SumBlock.of(code, family(), rowLength(product), blockRows);
            this.row = new float[rowLength(product)];
            this.zeroPoints = new int[blockRows];
            this.inverseScales = new float[blockRows];
        }

        void run(int first, int rows) {
            block.begin(rows);
            for (int i = 0; i < rows; i++) {
                quantizeRow(first + i, i);
            }
            for (int panel = product.firstPanel(nr); panel < product.endPanel(nr); panel++) {
                readMetadata(panel);
                final int[] sums = block.multiply(product.rhs(), panel);
                for (int i = 0; i < rows; i++) {
                    finish(sums, i);
                    code.activate(results);
                    operands.store(results, panel, first + i);
                }
            }
        }

        private void quantizeRow(int from, int i) {
            operands.read(from, row);
            quantizer.quantize(row, 0, product.k());
            zeroPoints[i] = quantizer.zeroPoint();
            inverseScales[i] = quantizer.inverseScale();
            final int factor = product.rhs().beginningFactor();
            block.setRow(i, row, factor == 0 ? 0 : RowQuantizer.beginning(row, 0, product.k(), factor));
        }

        private void readMetadata(int panel) {
            final MemorySegment rhs = product.rhs().data();
            final long start = panel * product.rhs().panelBytes();
            MemorySegment.copy(rhs, INT, start + product.rhs().at(PanelPart.WEIGHT_SUMS), weightSums, 0, nr);
            MemorySegment.copy(rhs, FLOAT, start + product.rhs().at(PanelPart.SCALES), scales, 0, nr);
            operands.readBias(panel, bias);
        }

        /** One row of results. Written as a loop over arrays, which the JIT compiler turns into vectors by itself. */
        private void finish(int[] sums, int i) {
            final int zeroPoint = zeroPoints[i];
            final float inverseScale = inverseScales[i];
            for (int j = 0; j < nr; j++) {
                final float exact = sums[i * nr + j] - zeroPoint * weightSums[j];
                results[j] = exact * (scales[j] * inverseScale) + bias[j];
            }
        }
    }
}
