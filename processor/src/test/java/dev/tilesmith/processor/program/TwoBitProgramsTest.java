package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.TwoBitReference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme of multiplying with weights of two bits means what the reference says, before anything is lowered. */
final class TwoBitProgramsTest {
    /** A table, and a program. */
    record Case(List<Integer> table, Program program) {}

    static Stream<Case> cases() {
        final List<List<Integer>> tables =
                List.of(List.of(-2, -1, 0, 1), List.of(127, -128, 5, 5), List.of(3, 3, 3, 3), List.of(9, 100, 40, 8));
        return tables.stream().flatMap(table -> contractions()
                .flatMap(contraction -> shapes(contraction).flatMap(shape -> Stream.of(true, false)
                        .map(bias -> new Case(table, program(contraction, shape, bias, !bias))))));
    }

    private static Stream<Contraction> contractions() {
        return Stream.concat(
                Stream.of(
                                Product.EXACT_FMA,
                                Product.DOT_OF_FOUR,
                                Product.DOT_OF_FOUR_BY_PAIRS,
                                Product.SIGNED_DOT_OF_FOUR,
                                Product.BLOCK_DOT)
                        .map(product -> Contraction.twoBits(product, Order.PART_BY_PART)),
                Stream.of(Product.SIGNED_DOT_OF_FOUR, Product.OUTER_DOT)
                        .map(product -> Contraction.twoBits(product, Order.ALL_AT_ONCE)));
    }

    private static Stream<TileShape> shapes(Contraction contraction) {
        return contraction.product().isOuter()
                ? Stream.of(1, 4)
                        .flatMap(lanes -> Stream.of(new TileShape(lanes, 2, lanes), new TileShape(2 * lanes, 2, lanes)))
                : Stream.of(1, 8, 16)
                        .flatMap(lanes -> Stream.of(new TileShape(1, 2, lanes), new TileShape(3, 2, lanes)));
    }

    private static Program program(Contraction contraction, TileShape shape, boolean bias, boolean clamp) {
        return new Program(shape, contraction, Epilogues.ofSums(shape, contraction, new Finish(bias, clamp)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBitsOfTheReference(Case given) {
        for (final int k : new int[] {0, 1, 3, 16, 18, 511}) {
            new TwoBitTile(given, k).check();
        }
    }

    @Test
    void printsWhatItDoes() {
        final Contraction contraction = Contraction.twoBits(Product.EXACT_FMA, Order.PART_BY_PART);
        assertEquals(
                """
                tile 1 x 1 in vectors of 1
                sums of EXACT_FMA: F32 with TWO_BITS as F32
                  begin with: ROW
                a panel's columns: weight_sum, scale
                for each row:
                  zeroPoint = row's zero_point
                  whole0 = i32 sum0
                  weights0 = weight_sum[0]
                  excess0 = zeroPoint * weights0
                  exact0 = whole0 - excess0
                  converted0 = f32 exact0
                  inverseScale = row's inverse_scale
                  columnScale0 = scale[0]
                  scale0 = columnScale0 * inverseScale
                  scaled0 = converted0 * scale0
                for each row:
                  dst[0] = scaled0
                """, program(contraction, new TileShape(1, 1, 1), false, false).print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals(
                """
                sums of OUTER_DOT: I8 with TWO_BITS SMALLEST as I8 ALL_AT_ONCE
                  begin with: ZERO
                """, Contraction.twoBits(Product.OUTER_DOT, Order.ALL_AT_ONCE).print());
    }

    /** Weights of two bits, and rows that are quantized as they come. */
    private static final class TwoBitTile extends FloatTile<Int8Reference.Row> {
        private final List<Integer> table;
        private final int smallest;
        private final byte[] codes;
        private final Weights weights;
        private final Int8Reference.Channels channels;

        TwoBitTile(Case given, int k) {
            super(given.program(), k, Int8Reference::quantize);
            this.table = given.table();
            this.smallest = Collections.min(table);
            final int width = Math.ceilDiv(k, 4);
            this.codes = new byte[program.nr() * width];
            random.nextBytes(codes);
            this.weights = Weights.nByK(Matrix.of(codes, program.nr(), width), new Weights.Codes(k, table))
                    .withScales(values(random, program.nr()));
            this.channels = TwoBitReference.channels(weights);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return TwoBitReference.multiply(lhs, biased(weights), min, max);
        }

        @Override
        public int table() {
            return joined(4, Byte.SIZE, code -> table.get(code) - smallest);
        }

        @Override
        public int smallest() {
            return smallest;
        }

        @Override
        int besideBias(ColumnPart part, int column) {
            return switch (part) {
                case WEIGHT_SUM -> sum(column);
                case SCALE -> Float.floatToRawIntBits(channels.scales()[column]);
                case BEGINNING, MULTIPLIER, BIAS, ZERO_POINT -> throw unexpected(part);
            };
        }

        @Override
        public int ofRow(RowPart part, int row) {
            return switch (part) {
                case ZERO_POINT -> rows.get(row).zeroPoint();
                case INVERSE_SCALE -> Float.floatToRawIntBits(rows.get(row).inverseScale());
            };
        }

        /** One value as a float, or four bytes. */
        @Override
        int lhs(Int8Reference.Row row, int from) {
            return floats()
                    ? Float.floatToRawIntBits(value(row, from))
                    : joined(4, Byte.SIZE, part -> value(row, from + part));
        }

        /** Beyond k a row may hold anything, unless weights are what they are, and not zero there. */
        private int value(Int8Reference.Row row, int p) {
            return p < k ? row.values()[p] : program.contraction().rhs().addend() == Decoding.Addend.SMALLEST ? 0 : 77;
        }

        @Override
        public int beginning(int row, int block) {
            int sum = 0;
            for (final byte value : rows.get(row).values()) {
                sum += value;
            }
            return floats() ? Float.floatToRawIntBits(smallest * sum) : smallest * sum;
        }

        /** Bytes of four codes each; beyond k what stands for the smallest value. */
        @Override
        public int rhs(int column, int from) {
            final int kr = together();
            return joined(Math.min(kr, 4), Byte.SIZE, i -> joined(4, 2, part -> code(column, from + part * kr + i)));
        }

        private int code(int column, int p) {
            return p < k ? codes[column * Math.ceilDiv(k, 4) + p / 4] >> (p % 4 * 2) : table.indexOf(smallest);
        }

        private int sum(int column) {
            return IntStream.range(column * k, (column + 1) * k)
                    .map(i -> channels.values()[i])
                    .sum();
        }
    }
}
