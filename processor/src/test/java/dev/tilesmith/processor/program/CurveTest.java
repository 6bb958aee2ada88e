package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.reference.ActivationReference;
import dev.tilesmith.spec.Activation;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Curves give what the reference does, bit for bit, before anything is lowered. */
final class CurveTest {
    private static final int LANES = 64;

    /** Bits between the floats that are looked at: a prime, so that all exponents and both ends of them are met. */
    private static final int STEP = 10_007;

    private static final float[] PECULIAR = {
        0f,
        -0f,
        3f,
        -3f,
        6f,
        -6f,
        Math.nextUp(-3f),
        Math.nextDown(-3f),
        Math.nextUp(3f),
        Math.nextDown(3f),
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    @ParameterizedTest
    @EnumSource
    void givesTheBitsOfTheReference(Activation activation) {
        final int[] values = IntStream.concat(
                        IntStream.range(0, PECULIAR.length).map(i -> Float.floatToRawIntBits(PECULIAR[i])),
                        IntStream.iterate(
                                Integer.MIN_VALUE, bits -> bits < Integer.MAX_VALUE - STEP, bits -> bits + STEP))
                .toArray();
        for (int at = 0; at < values.length; at += LANES) {
            check(activation, Arrays.copyOfRange(values, at, at + LANES));
        }
    }

    private static void check(Activation activation, int... bits) {
        final Results results = new Results(bits);
        final TileShape shape = new TileShape(1, 1, LANES);
        final Contraction contraction = Contraction.f32(Product.FMA);
        final Finish finish = new Finish(false, curve(activation), false);
        new Interpreter(new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, finish)), results)
                .run(0);
        for (int i = 0; i < LANES; i++) {
            final float x = Float.intBitsToFloat(bits[i]);
            assertEquals(
                    Float.floatToIntBits(ActivationReference.of(activation, x)),
                    Float.floatToIntBits(Float.intBitsToFloat(results.stored[i])),
                    () -> activation + " of " + x);
        }
    }

    private static Curve curve(Activation activation) {
        return activation == Activation.NONE ? Curve.IDENTITY : Curve.valueOf(activation.name());
    }

    /** Sums that are complete before the first step. */
    private static final class Results implements Interpreter.Operands {
        private final int[] sums;
        private final int[] stored = new int[LANES];

        Results(int... sums) {
            this.sums = sums;
        }

        @Override
        public int earlier(int row, int column) {
            return sums[column];
        }

        @Override
        public void store(int row, int column, int bits) {
            stored[column] = bits;
        }

        @Override
        public int lhs(int row, int from) {
            throw new IllegalStateException("no step reads rows");
        }

        @Override
        public int rhs(int column, int from) {
            throw new IllegalStateException("no step reads columns");
        }

        @Override
        public int beginning(int row, int block) {
            throw new IllegalStateException("sums begin with what is there");
        }

        @Override
        public int ofColumn(ColumnPart part, int column) {
            throw new IllegalStateException("columns have nothing");
        }

        @Override
        public int ofRow(RowPart part, int row) {
            throw new IllegalStateException("rows have nothing");
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
