package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme of multiplying means what the reference says, before anything is lowered. */
final class Int8ProgramsTest {
    static Stream<Program> programs() {
        return Stream.concat(byRow(), outer());
    }

    /** As vectors of outer products may have any length, so may those of a program. */
    private static Stream<Program> outer() {
        return Stream.of(1, 4, 8, 16).flatMap(lanes -> Stream.of(true, false)
                .flatMap(bias -> Stream.of(
                        program(Product.OUTER_DOT, new TileShape(2 * lanes, 2, lanes), bias, !bias),
                        program(Product.OUTER_DOT, new TileShape(lanes, 4, lanes), bias, !bias))));
    }

    private static Stream<Program> byRow() {
        return Stream.of(
                        Product.EXACT_FMA,
                        Product.DOT_OF_PAIRS,
                        Product.DOT_OF_FOUR,
                        Product.SIGNED_DOT_OF_FOUR,
                        Product.BLOCK_DOT)
                .flatMap(product -> Stream.of(1, 4, 8, 16)
                        .flatMap(lanes -> Stream.of(1, 3).flatMap(mr -> Stream.of(true, false)
                                .map(bias -> program(product, new TileShape(mr, 2, lanes), bias, !bias)))));
    }

    private static Program program(Product product, TileShape shape, boolean bias, boolean clamp) {
        final Contraction contraction = Contraction.int8(product);
        return new Program(shape, contraction, Epilogues.ofSums(shape, contraction, new Finish(bias, clamp)));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void givesTheBitsOfTheReference(Program program) {
        for (final int k : new int[] {0, 1, 3, 4, 18, 512}) {
            new Int8Tile(program, k).check();
        }
    }

    @Test
    void printsWhatItDoes() {
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                sums of DOT_OF_FOUR: U8 with INT8 as I8
                  begin with: ZERO
                a panel's columns: weight_sum, scale, bias
                for each row:
                  zeroPoint = row's zero_point
                  weights0 = weight_sum[0]
                  excess0 = zeroPoint * weights0
                  exact0 = sum0 - excess0
                  converted0 = f32 exact0
                  inverseScale = row's inverse_scale
                  columnScale0 = scale[0]
                  scale0 = columnScale0 * inverseScale
                  scaled0 = converted0 * scale0
                  bias0 = bias[0]
                  biased0 = scaled0 + bias0
                for each row, if there are bounds:
                  clamped0 = clamp biased0
                for each row:
                  dst[0] = clamped0
                """,
                program(Product.DOT_OF_FOUR, new TileShape(1, 1, 4), true, true).print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals(
                """
                tile 2 x 2 in vectors of 1
                sums of OUTER_DOT: I8 with INT8 as I8
                  begin with: ZERO
                """,
                program(Product.OUTER_DOT, new TileShape(2, 2, 1), false, false)
                        .print()
                        .split("a panel", -1)[0]);
    }

    /** int8 weights, and rows that are quantized as they come. */
    private static final class Int8Tile extends FloatTile<Int8Reference.Row> {
        private final byte[] weights;
        private final float[] scales;

        Int8Tile(Program program, int k) {
            super(program, k, Int8Reference::quantize);
            this.weights = new byte[program.nr() * k];
            random.nextBytes(weights);
            this.scales = values(random, program.nr());
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            final Weights bare = Weights.nByK(Matrix.of(weights, program.nr(), k));
            return Int8Reference.multiply(lhs, biased(bare.withScales(scales)), min, max);
        }

        @Override
        int besideBias(ColumnPart part, int column) {
            return switch (part) {
                case WEIGHT_SUM -> sum(column);
                case SCALE -> Float.floatToRawIntBits(scales[column]);
                case BEGINNING, MULTIPLIER, BIAS, ZERO_POINT -> throw unexpected(part);
            };
        }

        @Override
        public int ofRow(RowPart part, int row) {
            return switch (part) {
                case ZERO_POINT -> rows.get(row).zeroPoint() + offset();
                case INVERSE_SCALE -> Float.floatToRawIntBits(rows.get(row).inverseScale());
            };
        }

        /** What is added to a value where it is unsigned, or has 16 bits. */
        private int offset() {
            return switch (program.contraction().lhs()) {
                case U8, I16 -> 128;
                case F32, BF16, I8 -> 0;
            };
        }

        @Override
        int lhs(Int8Reference.Row row, int from) {
            if (floats()) {
                return Float.floatToRawIntBits(value(row, from));
            }
            return joined(perWord(), Integer.SIZE / perWord(), part -> value(row, from + part));
        }

        private int value(Int8Reference.Row row, int p) {
            return (p < k ? row.values()[p] : 0) + offset();
        }

        /** Bytes, zero beyond k. */
        @Override
        public int rhs(int column, int from) {
            return joined(
                    Math.min(together(), Integer.BYTES),
                    Byte.SIZE,
                    part -> from + part < k ? weights[column * k + from + part] : 0);
        }

        private int sum(int column) {
            return IntStream.range(column * k, (column + 1) * k)
                    .map(i -> weights[i])
                    .sum();
        }
    }
}
