package dev.tilesmith.runtime;

import dev.tilesmith.cpu.Host;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Computes {@code QAI8DX x QSI4C32 -> F32} by micro-kernels in Java.
 *
 * <p>A block of rows is copied and quantized once, all of K, in chunks of whole blocks of weights; then each panel is read
 * once for all of those rows. The totals of a panel stay in a small array all the while, and the result is written once.
 */
public final class Int4JavaCompute extends Compute {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private final Int4Tiles tiles;
    private final Family family;
    private final int rowBlockFloats;

    /** Computes by {@code tiles}, those of {@code family}, in blocks of rows that fill half of the second-level cache of {@code host}. */
    public Int4JavaCompute(Int4Tiles tiles, Family family, Host host) {
        this.tiles = tiles;
        this.family = family;
        this.rowBlockFloats = Math.min(host.cpu().caches().l2() / 2 / Float.BYTES, 1 << 22);
    }

    @Override
    Family family() {
        return family;
    }

    @Override
    PackedRhs pack(Weights weights, Packing packing) {
        return Int4RhsPacker.pack(weights, family.layout(), packing);
    }

    @Override
    void check(Matrix lhs, Matrix dst) {
        ElementKind.requireFloats("lhs", lhs);
        ElementKind.requireFloats("dst", dst);
    }

    @Override
    void run(Product product) {
        final int chunks = chunks(product.k());
        final int most = Math.max(1, rowBlockFloats / (Math.max(1, chunks) * Int4Tiles.LHS_STRIDE));
        final int blockRows = RowTiles.blockRows(product.rows(), family, most);
        final Block block = new Block(product, blockRows);
        for (int row = product.firstRow(); row < product.endRow(); row += blockRows) {
            block.run(row, Math.min(blockRows, product.endRow() - row));
        }
    }

    private static int chunks(int k) {
        return (k + Int4Tiles.K_CHUNK - 1) / Int4Tiles.K_CHUNK;
    }

    /** A block of rows, against all panels of a product. */
    private final class Block {
        private final Product product;
        private final PackedRhs packed;
        private final int nr = family.layout().nr();
        private final int bl;
        private final int chunks;
        private final float[] lhs;
        private final float[] row;
        private final float[] negativeZeroPoints;
        private final float[] inverseScales;
        private final float[] totals;
        private final float[] weightSums = new float[nr];
        private final float[] bias = new float[nr];
        private final float[] results = new float[nr];
        private final RowQuantizer quantizer = new RowQuantizer();
        private int rows;

        Block(Product product, int blockRows) {
            this.product = product;
            this.packed = product.rhs();
            this.bl = packed.blockLength();
            this.chunks = chunks(product.k());
            this.lhs = new float[chunks * blockRows * Int4Tiles.LHS_STRIDE];
            this.row = new float[product.k()];
            this.negativeZeroPoints = new float[blockRows];
            this.inverseScales = new float[blockRows];
            this.totals = new float[blockRows * nr];
        }

        void run(int first, int count) {
            rows = count;
            for (int i = 0; i < rows; i++) {
                quantizeRow(first + i, i);
            }
            for (int panel = product.firstColumn() / nr; panel * nr < product.endColumn(); panel++) {
                readMetadata(panel);
                multiply(panel);
                for (int i = 0; i < rows; i++) {
                    finish(i);
                    store(panel, first + i);
                }
            }
        }

        private void quantizeRow(int from, int i) {
            final long at = product.lhs().offset() + from * product.lhs().rowStride();
            switch (product.lhs()) {
                case Matrix.Floats floats -> System.arraycopy(floats.data(), (int) at, row, 0, row.length);
                case Matrix.Segment segment ->
                    MemorySegment.copy(segment.data(), FLOAT, at * Float.BYTES, row, 0, row.length);
                case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("lhs", product.lhs());
            }
            quantizer.quantize(row, 0, row.length);
            negativeZeroPoints[i] = -quantizer.zeroPoint();
            inverseScales[i] = quantizer.inverseScale();
            final int perChunk = Int4Tiles.K_CHUNK / bl;
            for (int b = 0; b < packed.blocks(); b++) {
                final int chunkAt = (b / perChunk * rows + i) * Int4Tiles.LHS_STRIDE;
                final int to = chunkAt + b % perChunk * (bl + 1);
                lhs[to] = RowQuantizer.beginning(row, b * bl, bl, packed.beginningFactor());
                System.arraycopy(row, b * bl, lhs, to + 1, bl);
            }
        }

        private void readMetadata(int panel) {
            final MemorySegment rhs = packed.data();
            final long at = panel * packed.panelBytes() + packed.metadataOffset();
            MemorySegment.copy(rhs, FLOAT, at, weightSums, 0, nr);
            if (family.layout().bias()) {
                MemorySegment.copy(rhs, FLOAT, at + nr * (long) Float.BYTES, bias, 0, nr);
            } else {
                Arrays.fill(bias, -0f); // leaves every float as it is when added
            }
        }

        private void multiply(int panel) {
            final RowTiles heights = RowTiles.of(rows, family);
            Arrays.fill(totals, 0, rows * nr, 0f);
            final int perChunk = Int4Tiles.K_CHUNK / bl;
            for (int chunk = 0; chunk < chunks; chunk++) {
                final int first = chunk * perChunk;
                final int blocks = Math.min(perChunk, packed.blocks() - first);
                final long at =
                        panel * packed.panelBytes() + first * family.layout().blockBytes(bl);
                for (int tile = 0, i = 0; tile < heights.count(); i += heights.mr(tile++)) {
                    final int lhsAt = (chunk * rows + i) * Int4Tiles.LHS_STRIDE;
                    tiles.accumulate(heights.mr(tile), lhs, lhsAt, packed.data(), at, totals, i * nr, blocks, bl);
                }
            }
        }

        /** One row of results. Written as loops over arrays, which the JIT compiler turns into vectors by itself. */
        private void finish(int i) {
            final float negativeZeroPoint = negativeZeroPoints[i];
            final float inverseScale = inverseScales[i];
            for (int j = 0; j < nr; j++) {
                results[j] = Math.fma(weightSums[j], negativeZeroPoint, totals[i * nr + j]) * inverseScale + bias[j];
            }
            if (product.clamped()) {
                for (int j = 0; j < nr; j++) {
                    results[j] = Math.min(Math.max(results[j], product.clampMin()), product.clampMax());
                }
            }
        }

        private void store(int panel, int to) {
            final int first = Math.max(product.firstColumn(), panel * nr);
            final int count = Math.min(product.endColumn(), (panel + 1) * nr) - first;
            final Matrix dst = product.dst();
            final long at = dst.offset() + to * dst.rowStride() + first;
            final int from = first - panel * nr;
            switch (dst) {
                case Matrix.Floats floats -> System.arraycopy(results, from, floats.data(), (int) at, count);
                case Matrix.Segment segment ->
                    MemorySegment.copy(results, from, segment.data(), FLOAT, at * Float.BYTES, count);
                case Matrix.Bytes _, Matrix.Ints _ -> throw ElementKind.notFloats("dst", dst);
            }
        }
    }
}
