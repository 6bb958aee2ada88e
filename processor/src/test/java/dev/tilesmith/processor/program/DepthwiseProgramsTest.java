package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.reference.Conv2dReference;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.Conv2dShape;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A depthwise program gives what the reference gives for a pixel, channel by channel. */
final class DepthwiseProgramsTest {
    private static final TileShape SHAPE = new TileShape(1, 2, 4);
    private static final int TAPS = 6;
    private static final Requantization REQUANTIZATION = new Requantization(0.5f, -3, 40f, 17);

    private final float[] pixels = floats(1, TAPS * SHAPE.nr());
    private final float[] filters = floats(2, TAPS * SHAPE.nr());
    private final float[] bias = floats(3, SHAPE.nr());
    private final float[] results = new float[SHAPE.nr()];

    private static float[] floats(long seed, int count) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** What each kind of program has in its panels and images; results are whatever they are as ints. */
    private abstract static class OfPixel implements Interpreter.Operands {
        @Override
        public int lhs(int row, int from) {
            throw new IllegalArgumentException("a row has a value for each column");
        }

        @Override
        public int beginning(int row, int block) {
            throw new IllegalArgumentException("sums begin with zero");
        }

        @Override
        public int ofRow(RowPart part, int row) {
            throw new IllegalArgumentException("rows have values alone");
        }
    }

    /** Taps lie as the values of an image of as many rows and columns as the kernel has. */
    private final class OnePixel extends OfPixel {
        @Override
        public int lhs(int row, int column, int from) {
            return Float.floatToRawIntBits(pixels[from * SHAPE.nr() + column]);
        }

        @Override
        public int rhs(int column, int from) {
            return Float.floatToRawIntBits(filters[from * SHAPE.nr() + column]);
        }

        @Override
        public int ofColumn(ColumnPart part, int column) {
            return Float.floatToRawIntBits(bias[column]);
        }

        @Override
        public void store(int row, int column, int bits) {
            results[column] = Float.intBitsToFloat(bits);
        }

        @Override
        public float clampMin() {
            return -0.25f;
        }

        @Override
        public float clampMax() {
            return 0.25f;
        }
    }

    @Test
    void itIsTheReference() {
        final Contraction contraction = Contraction.byColumn(Product.FMA_BY_COLUMN, Stored.F32);
        final Program program = new Program(
                SHAPE, contraction, Epilogues.ofFloats(SHAPE, contraction, new Finish(true, Curve.IDENTITY, true)));
        new Interpreter(program, new OnePixel()).run(TAPS);
        final Images expected = Conv2dReference.convolve(
                Conv2dShape.depthwise(SHAPE.nr(), 2, 3),
                Images.of(pixels, 1, 2, 3, SHAPE.nr()),
                Weights.kByN(Matrix.of(filters, TAPS, SHAPE.nr())).withBias(bias),
                (lhs, weights) ->
                        Matrix.of(F32Reference.multiply(lhs, weights, -0.25f, 0.25f), lhs.rows(), weights.n()));
        final float[] wanted = ((Matrix.Floats) expected.pixels()).data();
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(Float.floatToRawIntBits(wanted[i]), Float.floatToRawIntBits(results[i]));
        }
    }

    /** The same of bytes: panels have what sums begin with, and multipliers. */
    private final class OneStaticPixel extends OfPixel {
        private final byte[] bytes = new byte[TAPS * SHAPE.nr()];
        private final byte[] weights = new byte[TAPS * SHAPE.nr()];
        private final byte[] stored = new byte[SHAPE.nr()];

        OneStaticPixel() {
            final SplittableRandom random = new SplittableRandom(4);
            random.nextBytes(bytes);
            random.nextBytes(weights);
        }

        @Override
        public int lhs(int row, int column, int from) {
            return Float.floatToRawIntBits(bytes[from * SHAPE.nr() + column]);
        }

        @Override
        public int rhs(int column, int from) {
            return weights[from * SHAPE.nr() + column];
        }

        @Override
        public int ofColumn(ColumnPart part, int column) {
            return switch (part) {
                case BEGINNING -> {
                    int sum = 0;
                    for (int tap = 0; tap < TAPS; tap++) {
                        sum += weights[tap * SHAPE.nr() + column];
                    }
                    yield -REQUANTIZATION.lhsZeroPoint() * sum;
                }
                case MULTIPLIER -> Float.floatToRawIntBits(REQUANTIZATION.multiplier(bias[column]));
                case ZERO_POINT -> REQUANTIZATION.dstZeroPoint();
                case BIAS, SCALE, WEIGHT_SUM -> throw new IllegalArgumentException("no " + part);
            };
        }

        @Override
        public void store(int row, int column, int bits) {
            stored[column] = (byte) bits;
        }

        @Override
        public float clampMin() {
            return -90;
        }

        @Override
        public float clampMax() {
            return 100;
        }
    }

    @Test
    void ofBytesItIsTheReference() {
        final Contraction contraction = Contraction.byColumn(Product.EXACT_FMA_BY_COLUMN, Stored.INT8);
        final OneStaticPixel pixel = new OneStaticPixel();
        new Interpreter(new Program(SHAPE, contraction, Epilogues.requantized(SHAPE, contraction, true)), pixel)
                .run(TAPS);
        final Images expected = Conv2dReference.convolve(
                Conv2dShape.depthwise(SHAPE.nr(), 2, 3),
                Images.of(pixel.bytes, 1, 2, 3, SHAPE.nr()),
                Weights.kByN(Matrix.of(pixel.weights, TAPS, SHAPE.nr()))
                        .withScales(bias)
                        .requantized(REQUANTIZATION),
                (lhs, weights) ->
                        Matrix.of(StaticInt8Reference.multiply(lhs, weights, -90, 100), lhs.rows(), weights.n()));
        assertArrayEquals(((Matrix.Bytes) expected.pixels()).data(), pixel.stored);
    }
}
