package dev.tilesmith.kernel.drive;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.ElementKind;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Computes {@code QAI8 x QSI8CX} to {@code QAI8} or {@code I32}, and {@code QAI8 x QSI4CX} to {@code QAI8}, by micro-kernels in Java. */
public final class StaticInt8JavaCompute extends ProductCompute {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final Int8Tiles tiles;
    private final boolean toInts;
    private final int rowBlockFloats;

    /** Computes by {@code tiles}, those of {@code family}, in blocks of rows that fill their share of the second-level cache of {@code host}. */
    public StaticInt8JavaCompute(Int8Tiles tiles, PanelFamily family, Host host, Tuning tuning) {
        super(family, host, tuning);
        this.tiles = tiles;
        this.toInts = !family.layout().has(PanelPart.MULTIPLIERS);
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
        private final Int8SumBlock sums;
        private final float[] row;
        private final int[] beginnings = new int[nr];
        private final float[] multipliers = new float[nr];
        private final int[] results = new int[nr];
        private final byte[] bytes = new byte[nr];
        private final int lowest;
        private final int highest;
        private int zeroPoint;

        Block(Product product, int blockRows) {
            this.product = product;
            this.sums = Int8SumBlock.of(tiles, family(), rowLength(product), blockRows);
            this.row = new float[rowLength(product)];
            this.lowest = Int8Bounds.bound(product.clampMin());
            this.highest = Int8Bounds.bound(product.clampMax());
        }

        void run(int first, int rows) {
            sums.begin(rows);
            for (int i = 0; i < rows; i++) {
                read(first + i);
                final int factor = product.rhs().beginningFactor();
                sums.setRow(i, row, factor == 0 ? 0 : RowQuantizer.beginning(row, 0, product.k(), factor));
            }
            for (int panel = product.firstPanel(nr); panel < product.endPanel(nr); panel++) {
                readMetadata(panel);
                final int[] products = sums.multiply(product.rhs(), panel);
                for (int i = 0; i < rows; i++) {
                    finish(products, i);
                    store(panel, first + i);
                }
            }
        }

        private void read(int from) {
            final long at = product.lhs().offset() + from * product.lhs().rowStride();
            switch (product.lhs()) {
                case Matrix.Bytes given -> {
                    for (int p = 0; p < product.k(); p++) {
                        row[p] = given.data()[(int) at + p];
                    }
                }
                case Matrix.Segment given -> {
                    for (int p = 0; p < product.k(); p++) {
                        row[p] = given.data().get(ValueLayout.JAVA_BYTE, at + p);
                    }
                }
                case Matrix.Floats _, Matrix.Shorts _, Matrix.Ints _ ->
                    throw ElementKind.notBytes("lhs", product.lhs());
            }
        }

        private void readMetadata(int panel) {
            final MemorySegment rhs = product.rhs().data();
            final long start = panel * product.rhs().panelBytes();
            MemorySegment.copy(rhs, INT, start + product.rhs().at(PanelPart.BEGINNINGS), beginnings, 0, nr);
            if (!toInts) {
                MemorySegment.copy(rhs, FLOAT, start + product.rhs().at(PanelPart.MULTIPLIERS), multipliers, 0, nr);
                zeroPoint = rhs.get(INT, start + product.rhs().at(PanelPart.ZERO_POINTS));
            }
        }

        private void finish(int[] products, int i) {
            for (int j = 0; j < nr; j++) {
                results[j] = products[i * nr + j] + beginnings[j];
            }
            if (!toInts) {
                for (int j = 0; j < nr; j++) {
                    bytes[j] = requantized(results[j], multipliers[j]);
                }
            }
        }

        /** What is far beyond int8 is cut off before the zero point is added, which could overflow. */
        private byte requantized(int sum, float multiplier) {
            final float bounded = Math.min(Math.max(sum * multiplier, Short.MIN_VALUE), Short.MAX_VALUE);
            return (byte) Math.min(Math.max((int) Math.rint(bounded) + zeroPoint, lowest), highest);
        }

        private void store(int panel, int to) {
            final int first = product.firstColumn(panel, nr);
            final int count = product.columns(panel, nr);
            final Matrix dst = product.dst();
            final long at = dst.offset() + to * dst.rowStride() + first;
            final int from = first - panel * nr;
            switch (dst) {
                case Matrix.Ints ints -> System.arraycopy(results, from, ints.data(), (int) at, count);
                case Matrix.Bytes given -> System.arraycopy(bytes, from, given.data(), (int) at, count);
                case Matrix.Segment segment -> {
                    if (toInts) {
                        MemorySegment.copy(results, from, segment.data(), INT, at * Integer.BYTES, count);
                    } else {
                        MemorySegment.copy(bytes, from, segment.data(), ValueLayout.JAVA_BYTE, at, count);
                    }
                }
                case Matrix.Floats _, Matrix.Shorts _ -> throw ElementKind.notBytes("dst", dst);
            }
        }
    }
}
