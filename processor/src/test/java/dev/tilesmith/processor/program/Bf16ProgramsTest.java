package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.ErrorBound;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Programs of BF16 in an order of its own mean what the instruction does, before anything is lowered. */
final class Bf16ProgramsTest {
    private static final int STEP = Product.BF16_DOT_BY_PARITY.along();
    private static final ErrorBound BOUND = new ErrorBound(STEP, STEP / 2);

    private static final TileShape ONE = new TileShape(1, 1, 1);

    /** The sum of one row and one column, in as many steps as they are long, from a bias on. */
    private static float sum(float bias, float[] row, float[] column) {
        final Contraction contraction =
                Contraction.bf16(Product.BF16_DOT_BY_PARITY).fromBiases();
        final Program program =
                new Program(ONE, contraction, Epilogues.ofFloats(ONE, contraction, new Finish(true, false)));
        final Operand operand = new Operand(bias, row, column);
        new Interpreter(program, operand).run(row.length / STEP);
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
    @Test
    void sumsAreWithinTheBound() {
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
            assertEquals(exact, sum(0f, row, column), BOUND.of(k, magnitudes) + magnitudes * 0x1p-48);
        }
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
