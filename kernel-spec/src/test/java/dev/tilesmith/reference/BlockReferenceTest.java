package dev.tilesmith.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.BlockReference.Blocks;
import dev.tilesmith.reference.BlockReference.Kind;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks are ggml's, and products what blocks stand for. */
final class BlockReferenceTest {
    private static final int BLOCK = BlockReference.BLOCK;
    private static final float INF = Float.POSITIVE_INFINITY;

    /** Blocks whose scale is a power of two: all quarters of a step, and the floats beside them, have one right answer. */
    @Test
    void roundsHalvesOfRowsAwayFromZero() {
        for (final float scale : new float[] {1f, 0.125f, 1024f}) {
            for (int quarter = -4 * 127; quarter <= 4 * 127; quarter++) {
                final float value = quarter * scale / 4;
                for (final float x : new float[] {value, Math.nextUp(value), Math.nextDown(value)}) {
                    final Blocks row = BlockReference.quantize(blockOf(127f * scale, x));
                    final int expected = new BigDecimal(x)
                            .divide(new BigDecimal(scale))
                            .setScale(0, RoundingMode.HALF_UP)
                            .intValueExact();
                    assertEquals(Math.clamp(expected, -127, 127), row.values()[1], () -> x + " / " + scale);
                    assertEquals(scale, row.scales()[0]);
                }
            }
        }
    }

    private static float[] blockOf(float... first) {
        return Arrays.copyOf(first, BLOCK);
    }

    @Test
    void rowsOfZerosHaveAScaleOfZero() {
        assertBlock(0f, BlockReference.quantize(blockOf(0f, -0f)), 0, 0, 0);
    }

    @Test
    void nanIsLeftOutAndBecomesZero() {
        assertBlock(1f, BlockReference.quantize(blockOf(Float.NaN, -127f, 2f)), 0, -127, 2);
        assertBlock(0f, BlockReference.quantize(blockOf(Float.NaN, Float.NaN)), 0, 0, 0);
    }

    @Test
    void infinitiesMakeTheScaleInfiniteAndAllValuesZero() {
        assertBlock(INF, BlockReference.quantize(blockOf(INF, 1f, -INF)), 0, 0, 0);
    }

    /** Beyond binary16's 65504 a scale is infinite, and below half its least value 0; values are as of the exact scale. */
    @Test
    void scalesAreRoundedToBinary16() {
        assertBlock(INF, BlockReference.quantize(blockOf(127f * 65520f, -127f * 32760f)), 127, -64, 0);
        assertBlock(65504f, BlockReference.quantize(blockOf(127f * 65504f)), 127, 0, 0);
        assertBlock(0f, BlockReference.quantize(blockOf(127f * 0x1p-26f, -0x1p-26f)), 127, -1, 0);
    }

    /** The inverse of a scale that is tiny is infinite; values are bounded. */
    @Test
    void valuesOfTinyScalesAreBounded() {
        assertBlock(0f, BlockReference.quantize(blockOf(127 * Float.MIN_VALUE, -Float.MIN_VALUE, 0f)), 127, -127, 0);
        assertBlock(0f, BlockReference.quantize(blockOf(Float.MIN_VALUE)), 0, 0, 0);
    }

    private static void assertBlock(float scale, Blocks actual, int... first) {
        assertEquals(scale, actual.scales()[0]);
        for (int i = 0; i < first.length; i++) {
            assertEquals(first[i], actual.values()[i]);
        }
    }

    @Test
    void refusesRowsThatAreNoWholeBlocks() {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> BlockReference.quantize(new float[33]));
        assertEquals("x: 33 values; expected a multiple of 32", refusal.getMessage());
    }

    /** What ggml's {@code quantize_row_q4_0_ref} makes of halves of its steps: half a step up, towards the first value. */
    @Test
    void quantizesFourBitsByTheValueOfLargestMagnitude() {
        final float[] w = blockOf(-8f, 8f, 7f, 7.5f, 0.5f, -0.5f, -7.5f, 0.49f);
        final Blocks blocks = BlockReference.quantize(w, Kind.QSI4C32);
        assertEquals(1f, blocks.scales()[0]);
        assertArrayEquals(new byte[] {-8, 7, 7, 7, 1, 0, -7, 0}, Arrays.copyOf(blocks.values(), 8)); // 8 is cut off
        final Blocks turned = BlockReference.quantize(blockOf(8f, -8f, 0.5f), Kind.QSI4C32);
        assertEquals(-1f, turned.scales()[0]);
        assertArrayEquals(new byte[] {-8, 7, 0}, Arrays.copyOf(turned.values(), 3));
    }

    @Test
    void quantizesFourBitsBetweenMinimumAndMaximum() {
        final float[] w = new float[BLOCK];
        Arrays.fill(w, 3f);
        w[0] = -2f;
        w[1] = 13f;
        w[2] = -1.5f;
        w[3] = 12.4f;
        final Blocks blocks = BlockReference.quantize(w, Kind.QAI4C32);
        assertEquals(1f, blocks.scales()[0]);
        assertEquals(-2f, blocks.mins()[0]);
        assertArrayEquals(new byte[] {0, 15, 1, 14, 5}, Arrays.copyOf(blocks.values(), 5));
    }

    /** A block of one value: the step is 0, and the minimum says it all. */
    @Test
    void blocksOfOneValueHaveAScaleOfZero() {
        final float[] w = new float[BLOCK];
        Arrays.fill(w, 2.5f);
        final Blocks blocks = BlockReference.quantize(w, Kind.QAI4C32);
        assertEquals(0f, blocks.scales()[0]);
        assertEquals(2.5f, blocks.mins()[0]);
    }

    /** Against doubles, of what quantized rows and weights stand for: the only difference is f32's rounding. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void productsAreOfWhatBlocksStandFor(Kind kind) {
        final SplittableRandom random = new SplittableRandom(7);
        final int m = 3;
        final int n = 5;
        for (int k = 0; k <= 160; k += BLOCK) {
            final float[] lhs = floats(random, m * k);
            final float[] bias = floats(random, n);
            final Weights weights =
                    Weights.nByK(Matrix.of(floats(random, n * k), n, k)).withBias(bias);
            final float[] actual = BlockReference.multiply(Matrix.of(lhs, m, k), weights, kind, -INF, INF);
            final double[] right = values(BlockReference.blocks(weights, kind));
            for (int i = 0; i < m; i++) {
                final double[] left = values(BlockReference.quantize(Arrays.copyOfRange(lhs, i * k, (i + 1) * k)));
                for (int j = 0; j < n; j++) {
                    double expected = bias[j];
                    for (int p = 0; p < k; p++) {
                        expected += left[p] * right[j * k + p];
                    }
                    assertEquals(expected, actual[i * n + j], 1e-4);
                }
            }
        }
    }

    private static float[] floats(SplittableRandom random, int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 2);
        }
        return values;
    }

    private static double[] values(Blocks blocks) {
        final double[] values = new double[blocks.values().length];
        for (int i = 0; i < values.length; i++) {
            final int b = i / BLOCK;
            values[i] = blocks.values()[i] * (double) blocks.scales()[b]
                    + (blocks.mins().length == 0 ? 0 : blocks.mins()[b]);
        }
        return values;
    }

    /** Steps are as wide as the range asks, so values are off by half of one, and 8 steps above 0 is cut off by one. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void quantizedWeightsAreNear(Kind kind) {
        final SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < 500; round++) {
            final float[] w = floats(random, BLOCK);
            final Blocks blocks = BlockReference.quantize(w, kind);
            final double[] values = values(blocks);
            final double step = Math.abs(blocks.scales()[0]);
            for (int i = 0; i < BLOCK; i++) {
                final boolean cutOff = kind == Kind.QSI4C32 && blocks.values()[i] == 7;
                final double error = Math.abs(values[i] - w[i]);
                // scales and minima are rounded to 11 bits, which counts as often as there are steps
                final double most = step * (cutOff ? 1.01 : 0.5) + 2 * 0x1p-11;
                assertTrue(error <= most, () -> kind + ": " + error + ", a step being " + step);
            }
        }
    }
}
