package dev.tilesmith.kernel.drive;

import dev.tilesmith.kernel.layout.LhsFormat;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.layout.PanelPart;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.kernel.packing.Rounding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How rows are quantized for weights with scales for blocks, and what becomes of their totals, in Java. */
sealed interface LhsBlocks {
    /** Floats before the values of a block. */
    int before();

    /** Quantizes the {@code i}-th of a block of rows, in place. */
    void quantize(float[] row, int i);

    /** Puts a block of the row that was quantized last, and what is before it. */
    void put(float[] row, int block, float[] to, int at);

    /** Reads what a panel has for all rows. */
    void begin(int panel);

    /** Makes results, but for the bias, of the totals of the {@code i}-th row. */
    void finish(float[] totals, int i, float[] results);

    /** For a product of rows at a time. */
    static LhsBlocks of(Product product, PanelFamily family, int rows) {
        return switch (LhsFormat.of(family.lhs())) {
            case QUANTIZED_ROWS -> new OfRows(product, family, rows);
            case QUANTIZED_BLOCKS -> new OfBlocks(family.layout());
            case AS_IT_LIES, F16, BF16, STATIC ->
                throw new IllegalArgumentException("lhs: " + family.lhs() + "; no weights in blocks have rows of it");
        };
    }

    /** {@code QAI8DX}: a scale and a zero point for the whole row. */
    final class OfRows implements LhsBlocks {
        private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

        private final PackedPanels packed;
        private final int nr;
        private final int bl;
        private final float[] negativeZeroPoints;
        private final float[] inverseScales;
        private final float[] weightSums;
        private final RowQuantizer quantizer = new RowQuantizer();

        private OfRows(Product product, PanelFamily family, int rows) {
            this.packed = product.rhs();
            this.nr = family.layout().nr();
            this.bl = packed.blockLength();
            this.negativeZeroPoints = new float[rows];
            this.inverseScales = new float[rows];
            this.weightSums = new float[nr];
        }

        @Override
        public int before() {
            return 1;
        }

        @Override
        public void quantize(float[] row, int i) {
            quantizer.quantize(row, 0, row.length);
            negativeZeroPoints[i] = -quantizer.zeroPoint();
            inverseScales[i] = quantizer.inverseScale();
        }

        @Override
        public void put(float[] row, int block, float[] to, int at) {
            to[at] = RowQuantizer.beginning(row, block * bl, bl, packed.beginningFactor());
            System.arraycopy(row, block * bl, to, at + 1, bl);
        }

        @Override
        public void begin(int panel) {
            final long at = panel * packed.panelBytes() + packed.at(PanelPart.WEIGHT_SUMS);
            MemorySegment.copy(packed.data(), FLOAT, at, weightSums, 0, nr);
        }

        @Override
        public void finish(float[] totals, int i, float[] results) {
            final float negativeZeroPoint = negativeZeroPoints[i];
            final float inverseScale = inverseScales[i];
            for (int j = 0; j < nr; j++) {
                results[j] = Math.fma(weightSums[j], negativeZeroPoint, totals[i * nr + j]) * inverseScale;
            }
        }
    }

    /** {@code QSI8D32}: a scale for each block of 32. */
    final class OfBlocks implements LhsBlocks {
        private static final int BLOCK = PanelLayout.INT4_GROUP;
        private static final float LARGEST = 127f;

        private final int nr;
        private final boolean hasMinima;
        private final int added;
        private float[] scales = {};

        private OfBlocks(PanelLayout layout) {
            this.nr = layout.nr();
            this.hasMinima = layout.hasMins();
            this.added = layout.weights().added();
        }

        @Override
        public int before() {
            return 2;
        }

        @Override
        public void quantize(float[] row, int i) {
            if (scales.length < row.length / BLOCK) {
                scales = new float[row.length / BLOCK];
            }
            for (int b = 0; b < row.length / BLOCK; b++) {
                quantizeBlock(row, b);
            }
        }

        /** As ggml's Q8_0; NaN takes no part in the largest magnitude, and becomes 0. */
        private void quantizeBlock(float[] row, int block) {
            float largest = 0f;
            for (int p = block * BLOCK; p < (block + 1) * BLOCK; p++) {
                final float magnitude = Math.abs(row[p]);
                largest = magnitude > largest ? magnitude : largest;
            }
            final float scale = largest / LARGEST;
            final float inverse = scale == 0f ? 0f : 1f / scale;
            for (int p = block * BLOCK; p < (block + 1) * BLOCK; p++) {
                row[p] = Math.min(Math.max(Rounding.halfAway(row[p] * inverse), -LARGEST), LARGEST);
            }
            scales[block] = Float.float16ToFloat(Float.floatToFloat16(scale));
        }

        @Override
        public void put(float[] row, int block, float[] to, int at) {
            float sum = 0f; // exact: 32 * 127
            for (int p = block * BLOCK; p < (block + 1) * BLOCK; p++) {
                sum += row[p];
            }
            to[at] = hasMinima ? scales[block] * sum : 0f - added * sum; // never -0
            to[at + 1] = scales[block];
            System.arraycopy(row, block * BLOCK, to, at + 2, BLOCK);
        }

        @Override
        public void begin(int panel) {} // blocks have all

        @Override
        public void finish(float[] totals, int i, float[] results) {
            System.arraycopy(totals, i * nr, results, 0, nr);
        }
    }
}
