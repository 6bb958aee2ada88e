package dev.tilesmith.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.reference.BlockReference.Kind;
import dev.tilesmith.reference.Int4Reference.Scales;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Codes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of rows that are not finite, and of very large and very small ones: what {@code Format} says of them. That
 * kernels give the reference's bits for such rows is a matter of conformance.
 */
final class AwkwardRowsTest {
    private static final int N = 5;
    private static final int K = 64;
    private static final float INF = Float.POSITIVE_INFINITY;

    /** A product with a left operand in f32. */
    interface Multiplied {
        float[] by(Matrix lhs, Weights weights);
    }

    /**
     * A combination of formats.
     *
     * @param name of the combination
     * @param weights n × k
     * @param multiplied the reference
     */
    record Combination(String name, Weights weights, Multiplied multiplied) {
        float[] of(float[] row) {
            return multiplied.by(Matrix.of(row, 1, K), weights);
        }

        float[] biased(float[] row) {
            return multiplied.by(Matrix.of(row, 1, K), weights.withBias(1f, 2f, -3f, 0.5f, -0.25f));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Weights floats() {
        return Weights.nByK(Matrix.of(row(N * K, 1f, 1), N, K));
    }

    private static float[] row(int count, float size, long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] row = new float[count];
        for (int i = 0; i < count; i++) {
            row[i] = (float) random.nextDouble(-size, size);
        }
        return row;
    }

    /** Rows that are quantized with one scale and zero point. */
    static Stream<Combination> ofRows() {
        final byte[] bits = new byte[N * K / 4];
        new SplittableRandom(3).nextBytes(bits);
        final Weights twoBits = Weights.nByK(Matrix.of(bits, N, K / 4), new Codes(K, List.of(-2, -1, 0, 1)))
                .withScales(0.5f);
        return Stream.of(
                new Combination("int8", floats(), (lhs, weights) -> Int8Reference.multiply(lhs, weights, -INF, INF)),
                new Combination(
                        "int4", floats(), (lhs, weights) -> Int4Reference.multiplyChannels(lhs, weights, -INF, INF)),
                new Combination(
                        "int4 in blocks",
                        floats(),
                        (lhs, weights) -> Int4Reference.multiplyBlocks(lhs, weights, Scales.BF16, -INF, INF)),
                new Combination(
                        "two bits", twoBits, (lhs, weights) -> TwoBitReference.multiply(lhs, weights, -INF, INF)));
    }

    /** Rows that are quantized in blocks. */
    static Stream<Combination> inBlocks() {
        return Stream.of(Kind.values())
                .map(kind -> new Combination(
                        kind.name(),
                        floats(),
                        (lhs, weights) -> BlockReference.multiply(lhs, weights, kind, -INF, INF)));
    }

    static Stream<Combination> all() {
        return Stream.concat(ofRows(), inBlocks());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nanCountsAsZero(Combination combination) {
        final float[] row = row(K, 1f, 9);
        for (int i = 0; i < K; i += 5) {
            row[i] = Float.NaN;
        }
        final float[] zeros = row.clone();
        for (int i = 0; i < K; i += 5) {
            zeros[i] = 0f;
        }
        assertArrayEquals(combination.of(zeros), combination.of(row));
        Arrays.fill(row, Float.NaN);
        assertArrayEquals(combination.of(new float[K]), combination.of(row));
    }

    /** With one infinity, and with finite values further apart than binary32 reaches. */
    @ParameterizedTest
    @MethodSource("ofRows")
    void infinityMakesAllResultsOfARowItsBias(Combination combination) {
        for (final float value : new float[] {INF, -INF, Float.MAX_VALUE}) {
            final float[] row = row(K, 1f, 9);
            row[40] = value;
            row[41] = Float.isInfinite(value) ? row[41] : -value;
            for (final float result : combination.of(row)) {
                assertEquals(0f, Math.abs(result), combination + " with " + value);
            }
            assertArrayEquals(new float[] {1f, 2f, -3f, 0.5f, -0.25f}, combination.biased(row));
        }
    }

    @ParameterizedTest
    @MethodSource("inBlocks")
    void infinityMakesAllResultsOfARowInBlocksNan(Combination combination) {
        for (final float value : new float[] {INF, -INF}) {
            final float[] row = row(K, 1f, 9);
            row[40] = value;
            for (final float result : combination.of(row)) {
                assertTrue(Float.isNaN(result), combination + " gives " + result + " with " + value);
            }
        }
    }

    /** The scale of a block is max / 127 in binary16: 0 up to 2^-25, and infinite from 65520 on. */
    @ParameterizedTest
    @MethodSource("inBlocks")
    void blocksAreLostBelowAndOverflowAbove(Combination combination) {
        assertArrayEquals(new float[N], absolute(combination.of(filled(3.78e-6f))), combination.name());
        for (final float result : combination.of(filled(3.79e-6f))) {
            assertTrue(result != 0f, combination + " loses what is above the bound");
        }
        for (final float result : combination.of(filled(8.32e6f))) {
            assertTrue(Float.isFinite(result), combination + " gives " + result + " below the bound");
        }
        for (final float result : combination.of(filled(8_321_040f))) {
            assertTrue(!Float.isFinite(result), combination + " gives " + result + " at the bound");
        }
        assertEquals(0f, BlockReference.f16(3.784e-6f / 127f));
        assertEquals(0x1p-24f, BlockReference.f16(3.786e-6f / 127f));
        assertEquals(65504f, BlockReference.f16(Math.nextDown(65520f)));
        assertEquals(INF, BlockReference.f16(8_321_040f / 127f));
    }

    /** The other block is all zeros: of it nothing is seen. */
    private static float[] filled(float value) {
        final float[] row = new float[K];
        Arrays.fill(row, 0, 32, value);
        return row;
    }

    private static float[] absolute(float[] values) {
        final float[] absolute = values.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] = Math.abs(absolute[i]);
        }
        return absolute;
    }

    /**
     * Where the scale of a row overflows, its inverse is 0, and so is all that is multiplied with it: the zero point, in
     * which C's {@code fmaxf} would differ, shows nowhere but in the sign of a zero.
     */
    @ParameterizedTest
    @MethodSource("ofRows")
    void rowsOfATinyRangeAreTheirBias(Combination combination) {
        for (final float size : new float[] {Float.MIN_VALUE, 1e-40f, 7.4e-37f}) {
            for (final float sign : new float[] {1f, -1f}) {
                final float[] row = new float[K];
                row[3] = sign * size;
                row[4] = sign * size / 2;
                assertArrayEquals(new float[N], absolute(combination.of(row)), combination + " of " + row[3]);
                assertArrayEquals(new float[] {1f, 2f, -3f, 0.5f, -0.25f}, combination.biased(row));
            }
        }
        final float[] row = new float[K];
        row[3] = 7.6e-37f;
        assertTrue(Arrays.stream(toDoubles(combination.of(row))).anyMatch(result -> result != 0));
    }

    private static double[] toDoubles(float[] values) {
        final double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    /** C's zero point of such a row with negative values alone is -128; this one's is 0. */
    @Test
    void theZeroPointOfATinyNegativeRowIsZero() {
        final Int8Reference.Row row = Int8Reference.quantize(-1e-40f, 0f);
        assertEquals(0, row.zeroPoint());
        assertEquals(0f, row.inverseScale());
        assertEquals(-128, Int8Reference.quantize(1e-40f, 0f).zeroPoint());
    }
}
