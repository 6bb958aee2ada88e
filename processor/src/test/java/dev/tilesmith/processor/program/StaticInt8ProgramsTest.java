package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Static int8 means what the reference says in every scheme, to int8 and to sums, before anything is lowered. */
final class StaticInt8ProgramsTest {
    private static final BlockEnd NO_BLOCKS = new BlockEnd.None();

    static Stream<Program> programs() {
        return Stream.of(true, false).flatMap(requantized -> Stream.of(true, false)
                .flatMap(clamp -> contractions().flatMap(contraction -> shapes(contraction)
                        .map(shape -> program(contraction, shape, requantized, clamp)))));
    }

    /** Of weights of eight bits, and of four. */
    private static Stream<Contraction> contractions() {
        final Stream<Contraction> int8 = Stream.of(
                        Product.EXACT_FMA,
                        Product.DOT_OF_PAIRS,
                        Product.DOT_OF_FOUR,
                        Product.SIGNED_DOT_OF_FOUR,
                        Product.BLOCK_DOT,
                        Product.OUTER_DOT)
                .map(Contraction::int8);
        final Stream<Contraction> byParts = Stream.of(
                        Product.EXACT_FMA,
                        Product.DOT_OF_FOUR,
                        Product.DOT_OF_FOUR_BY_PAIRS,
                        Product.SIGNED_DOT_OF_FOUR,
                        Product.BLOCK_DOT)
                .map(product -> Contraction.int4(product, Order.PART_BY_PART, NO_BLOCKS));
        final Stream<Contraction> atOnce = Stream.of(Product.SIGNED_DOT_OF_FOUR, Product.OUTER_DOT)
                .map(product -> Contraction.int4(product, Order.ALL_AT_ONCE, NO_BLOCKS));
        return Stream.of(int8, byParts, atOnce).flatMap(each -> each);
    }

    private static Stream<TileShape> shapes(Contraction contraction) {
        return Stream.of(1, 4, 8, 16)
                .flatMap(lanes -> contraction.product().isOuter()
                        ? Stream.of(new TileShape(2 * lanes, 2, lanes), new TileShape(lanes, 4, lanes))
                        : Stream.of(new TileShape(1, 2, lanes), new TileShape(3, 2, lanes)));
    }

    private static Program program(Contraction contraction, TileShape shape, boolean requantized, boolean clamp) {
        return new Program(
                shape,
                contraction,
                requantized
                        ? Epilogues.requantized(shape, contraction, clamp)
                        : Epilogues.ofExactSums(shape, contraction));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void givesTheIntegersOfTheReference(Program program) {
        for (final int k : new int[] {0, 1, 3, 4, 18, 512}) {
            new StaticTile(program, k).check();
        }
    }

    @Test
    void printsWhatItDoes() {
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                sums of DOT_OF_FOUR: U8 with INT8 as I8
                  begin with: ZERO
                a panel's columns: beginning, multiplier, zero_point
                for each row:
                  beginning0 = beginning[0]
                  exact0 = sum0 + beginning0
                for each row:
                  converted0 = f32 exact0
                  multiplier0 = multiplier[0]
                  scaled0 = converted0 * multiplier0
                  rounded0 = round scaled0
                  resultZeroPoint0 = zero_point[0]
                  result0 = rounded0 + resultZeroPoint0
                for each row, if there are bounds:
                  clamped0 = clamp result0
                for each row:
                  dst[0] = int8 clamped0
                """,
                program(Contraction.int8(Product.DOT_OF_FOUR), new TileShape(1, 1, 4), true, true)
                        .print());
    }

    /** int8 rows, and weights of eight bits or four, whose results are int8 or sums. */
    private static final class StaticTile extends Tile<byte[]> {
        private static final Requantization REQUANTIZATION = new Requantization(0.5f, -3, 40f, 17);

        private final byte[] lhs;
        private final byte[] weights;
        private final float[] scales;
        private final int[] bias;

        StaticTile(Program program, int k) {
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            final byte[] lhs = new byte[program.mr() * k];
            random.nextBytes(lhs);
            final List<byte[]> rows = IntStream.range(0, program.mr())
                    .mapToObj(row -> Arrays.copyOfRange(lhs, row * k, (row + 1) * k))
                    .toList();
            super(program, k, rows);
            this.lhs = lhs;
            this.weights = new byte[program.nr() * k];
            random.nextBytes(weights);
            for (int i = 0; isInt4() && i < weights.length; i++) {
                weights[i] >>= 4;
            }
            this.scales = new float[program.nr()];
            for (int j = 0; j < scales.length; j++) {
                scales[j] = (float) random.nextDouble(0.001, 4);
            }
            this.bias = random.ints(program.nr(), -5000, 5000).toArray();
        }

        @Override
        void assertResult() {
            assertArrayEquals(expected(), result, program::print);
        }

        private int[] expected() {
            final Weights quantized = Weights.nByK(Matrix.of(weights, program.nr(), k))
                    .withScales(scales)
                    .withIntBias(bias)
                    .requantized(REQUANTIZATION);
            final Matrix from = Matrix.of(lhs, program.mr(), k);
            if (!has(Op.StoreBytes.class)) {
                return StaticInt8Reference.sums(from, quantized);
            }
            final boolean clamped = has(Op.IntClamp.class);
            final byte[] bytes =
                    StaticInt8Reference.multiply(from, quantized, clamped ? -30 : -128, clamped ? 90 : 127);
            return IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
        }

        private boolean isInt4() {
            return program.contraction().rhs().stored() == Decoding.Stored.NIBBLES;
        }

        @Override
        public int ofColumn(ColumnPart part, int column) {
            return switch (part) {
                case BEGINNING -> beginning(column);
                case MULTIPLIER -> Float.floatToRawIntBits(REQUANTIZATION.multiplier(scales[column]));
                case ZERO_POINT -> REQUANTIZATION.dstZeroPoint();
                case WEIGHT_SUM, SCALE, BIAS -> throw unexpected(part);
            };
        }

        @Override
        public int ofRow(RowPart part, int row) {
            throw unexpected(part);
        }

        /** What is added to a value, so that it is unsigned. */
        private int offset() {
            return program.contraction().lhs() == Element.U8 ? 128 : 0;
        }

        private int beginning(int column) {
            final int sum = IntStream.range(column * k, (column + 1) * k)
                    .map(i -> weights[i])
                    .sum();
            return bias[column] - (REQUANTIZATION.lhsZeroPoint() + offset()) * sum;
        }

        /** Values of four bits are stored with 8 added. */
        @Override
        public int beginning(int row, int block) {
            int sum = 0;
            for (final byte value : rows.get(row)) {
                sum -= 8 * value;
            }
            return floats() ? Float.floatToRawIntBits(sum) : sum;
        }

        /** Beyond k rows of zeros where weights are none there. */
        @Override
        int lhs(byte[] row, int from) {
            if (floats()) {
                return Float.floatToRawIntBits(value(row, from));
            }
            return joined(
                    perWord(),
                    Integer.SIZE / perWord(),
                    part -> value(row, from + (interleaved() ? part % 2 * 2 + part / 2 : part)));
        }

        private int value(byte[] row, int p) {
            return p < k ? row[p] + offset() : 0;
        }

        /** Bytes, zero beyond k: of one weight, or of two, the first in the low bits. */
        @Override
        public int rhs(int column, int from) {
            return joined(
                    Math.min(together(), Integer.BYTES),
                    Byte.SIZE,
                    part -> isInt4()
                            ? nibble(column, from + part) | (nibble(column, from + together() + part) << 4)
                            : weight(column, from + part));
        }

        private int nibble(int column, int p) {
            return p < k ? weight(column, p) + 8 : 0;
        }

        private int weight(int column, int p) {
            return p < k ? weights[column * k + p] : 0;
        }

        @Override
        public float clampMin() {
            return -30f;
        }

        @Override
        public float clampMax() {
            return 90f;
        }
    }
}
