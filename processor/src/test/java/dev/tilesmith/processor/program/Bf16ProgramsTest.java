package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.ErrorBound;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of BF16 in an order of its own mean what the instruction does, before anything is lowered. */
final class Bf16ProgramsTest {
    private static final int STEP = Product.BF16_DOT_BY_PARITY.along();
    private static final TileShape ONE = new TileShape(1, 1, 1);

    /** The sum of one row and one column, in as many steps as they are long, from a bias on. */
    private static float sum(float bias, float[] row, float[] column) {
        return sum(Product.BF16_DOT_BY_PARITY, bias, row, column);
    }

    private static float sum(Product product, float bias, float[] row, float[] column) {
        final Contraction contraction = Contraction.bf16(product).fromBiases();
        final Program program =
                new Program(ONE, contraction, Epilogues.ofFloats(ONE, contraction, new Finish(true, false)));
        final Operand operand = new Operand(bias, row, column);
        new Interpreter(program, operand).run(row.length / product.along());
        return operand.result;
    }

    private static float[] values(float... first) {
        final float[] values = new float[STEP];
        System.arraycopy(first, 0, values, 0, first.length);
        return values;
    }

    private static float[] ones() {
        final float[] ones = new float[STEP];
        Arrays.fill(ones, 1f);
        return ones;
    }

    @Test
    void evenOnesAndOddOnesAreSummedApart() {
        final float large = 0x1p24f;
        assertEquals(1f, sum(0f, values(large, 1f, -large), ones()), "1 is lost in one chain");
        assertEquals(0f, sum(0f, values(large, 0f, 1f, 0f, -large), ones()), "1 is in the chain of large ones");
        assertEquals(large, sum(large, values(1f), ones()), "a tie, to even");
        assertEquals(large + 2f, sum(large, values(1f, 1f), ones()), "both chains before the sum");
    }

    /** One chain, of each pair the odd one first. */
    @Test
    void ofPairsTheOddOneIsFirst() {
        final float large = 0x1p24f;
        assertEquals(1f, pairs(large, -large, 1f), "nothing is lost");
        assertEquals(1f, pairs(1f, large, -large), "the even one is the last");
        assertEquals(0f, pairs(-large, 1f, large), "the odd one is lost beside the sum");
    }

    /** The sum of a bias, and of a pair times one. */
    private static float pairs(float even, float odd, float bias) {
        return Bf16Dots.ofPair(i -> i == 0 ? even : odd, _ -> 1f, bias);
    }

    /** What is inexact is cut off, and its last bit is set: no tie is a tie. */
    @Test
    void armRoundsToOdd() {
        final float large = 0x1p24f;
        assertEquals(
                large + 2f,
                toOdd(large, 1f, 0f),
                "2^24 + 1 is between 2^24 and 2^24 + 2, of which the last bit is odd");
        assertEquals(large + 2f, toOdd(large, 0x1p-100f, 0f), "however little it is");
        assertEquals(large - 1f, toOdd(large, -0x1p-100f, 0f), "from above too");
        assertEquals(-large - 2f, toOdd(-large, -1f, 0f));
        assertEquals(large + 4f, toOdd(large, 2f, 2f), "what is exact stays");
        assertEquals(large + 2f, toOdd(0f, large, 1f), "both products are added first");
        assertEquals(1f, toOdd(large, 1f, -large), "and are lost there or not");
    }

    /** The sum of a bias, and of a pair times one. */
    private static float toOdd(float bias, float even, float odd) {
        return Bf16Dots.toOdd(2, i -> i == 0 ? even : odd, _ -> 1f, bias);
    }

    @Test
    void armHasNoSubnormals() {
        final float least = Float.MIN_NORMAL;
        assertEquals(0f, toOdd(least / 2, 0f, 0f), "a bias");
        assertEquals(0f, toOdd(0f, least / 2, least / 2), "operands");
        assertEquals(0f, toOdd(least * 1.5f, -least, 0f), "a sum");
        assertEquals(-0f, toOdd(-least * 1.5f, least, 0f), "a sum, with its sign");
        assertEquals(0f, Bf16Dots.toOdd(2, _ -> least, _ -> 0.75f, 0f), "products, though their sum is none");
        assertEquals(least, toOdd(0f, least, 0f), "none is");
    }

    @Test
    void armIsInfiniteWhereItIsBeyondF32() {
        final float most = 0x1.fep127f;
        assertEquals(Float.MAX_VALUE, toOdd(Float.MAX_VALUE, 0x1p100f, 0f), "cut off");
        assertEquals(Float.POSITIVE_INFINITY, toOdd(0f, most, most));
        assertEquals(Float.NEGATIVE_INFINITY, toOdd(0f, -most, -most));
        assertEquals(Float.POSITIVE_INFINITY, Bf16Dots.toOdd(2, _ -> most, _ -> 2f, 0f), "a product");
        assertTrue(Float.isNaN(toOdd(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f)));
        assertTrue(Float.isNaN(toOdd(0f, Float.NaN, 0f)));
    }

    /** Of sums of two that arithmetic without bounds has, cut off where they are inexact. */
    @Test
    void sumsToOddAreThoseOfExactArithmetic() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int problem = 0; problem < 100_000; problem++) {
            final float a =
                    Math.scalb(random.nextFloat(1, 2), random.nextInt(-60, 60)) * (random.nextBoolean() ? 1 : -1);
            final float b = any(random) * random.nextInt(2);
            final BigDecimal exact = new BigDecimal(a).add(new BigDecimal(b));
            final float nearest = exact.floatValue();
            final float actual = toOdd(a, b, 0f);
            if (exact.compareTo(new BigDecimal(nearest)) == 0) {
                assertEquals(nearest, actual);
            } else {
                assertEquals(1, Float.floatToRawIntBits(actual) & 1);
                assertTrue(exact.compareTo(new BigDecimal(Math.nextUp(actual))) < 0);
                assertTrue(exact.compareTo(new BigDecimal(Math.nextDown(actual))) > 0);
            }
        }
    }

    @Test
    void whatIsSubnormalIsZero() {
        final float least = Float.MIN_NORMAL;
        assertEquals(0f, sum(0f, values(least / 2), values(1f)), "an operand");
        assertEquals(0f, sum(least / 2, values(0f), values(1f)), "a bias");
        assertEquals(0f, sum(0f, values(least), values(0.5f)), "a result");
        assertEquals(least, sum(0f, values(least), values(1f)), "none is");
        assertTrue(Float.isNaN(sum(0f, values(Float.POSITIVE_INFINITY), values(least / 2))), "infinity times zero");
    }

    /** Of random values whose magnitudes are far apart. */
    @ParameterizedTest
    @EnumSource(
            value = Product.class,
            names = {"BF16_DOT_BY_PARITY", "BF16_DOT_OF_PAIRS", "BF16_BLOCK_DOT", "OUTER_BF16_DOT"})
    void sumsAreWithinTheBound(Product product) {
        final SplittableRandom random = new SplittableRandom(1);
        for (int problem = 0; problem < 2000; problem++) {
            final int k = STEP * (1 + problem % 4);
            final float[] row = new float[k];
            final float[] column = new float[k];
            double exact = 0;
            double magnitudes = 0;
            for (int p = 0; p < k; p++) {
                row[p] = any(random);
                column[p] = any(random);
                exact += (double) row[p] * column[p];
                magnitudes += Math.abs((double) row[p] * column[p]);
            }
            assertEquals(exact, sum(product, 0f, row, column), bound(product).of(k, magnitudes) + magnitudes * 0x1p-48);
        }
    }

    private static ErrorBound bound(Product product) {
        return switch (product) {
            case BF16_DOT_BY_PARITY -> new ErrorBound(STEP, STEP / 2);
            case BF16_DOT_OF_PAIRS -> new ErrorBound(1, 0);
            case BF16_BLOCK_DOT, OUTER_BF16_DOT -> new ErrorBound(2, 1, 2);
            default -> throw new AssertionError(product);
        };
    }

    private static float any(SplittableRandom random) {
        return Bf16.toFloat(Bf16.round((float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-9, 10))));
    }

    private static final class Operand implements Interpreter.Operands {
        private final float bias;
        private final float[] row;
        private final float[] column;
        private float result;

        Operand(float bias, float[] row, float[] column) {
            this.bias = bias;
            this.row = row;
            this.column = column;
        }

        @Override
        public int lhs(int ofRow, int from) {
            return (Bf16.round(row[from]) & 0xffff) | (Bf16.round(row[from + 1]) << Short.SIZE);
        }

        @Override
        public int rhs(int ofColumn, int from) {
            return Bf16.round(column[from]);
        }

        @Override
        public int beginning(int ofRow, int block) {
            throw new IllegalStateException("rows have values alone");
        }

        @Override
        public int ofColumn(ColumnPart part, int ofColumn) {
            return Float.floatToRawIntBits(bias);
        }

        @Override
        public int ofRow(RowPart part, int ofRow) {
            throw new IllegalStateException("rows have values alone");
        }

        @Override
        public void store(int ofRow, int ofColumn, int bits) {
            result = Float.intBitsToFloat(bits);
        }

        @Override
        public float clampMin() {
            throw new IllegalStateException("there are no bounds");
        }

        @Override
        public float clampMax() {
            throw new IllegalStateException("there are no bounds");
        }
    }
}
