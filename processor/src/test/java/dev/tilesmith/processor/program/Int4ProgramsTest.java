package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme of multiplying means what the reference says, before anything is lowered. */
final class Int4ProgramsTest {
    private static final BlockEnd OF_CHANNELS = new BlockEnd.None();
    private static final BlockEnd BF16_OF_BLOCKS = new BlockEnd.OfWeights(BlockEnd.Scale.BF16);
    private static final BlockEnd F32_OF_BLOCKS = new BlockEnd.OfWeights(BlockEnd.Scale.F32);

    static Stream<Program> programs() {
        return Stream.of(OF_CHANNELS, BF16_OF_BLOCKS, F32_OF_BLOCKS)
                .flatMap(Int4ProgramsTest::contractions)
                .flatMap(contraction -> Stream.of(1, 4, 8, 16)
                        .flatMap(lanes -> shapes(contraction, lanes))
                        .flatMap(
                                shape -> Stream.of(true, false).map(bias -> program(contraction, shape, bias, !bias))));
    }

    private static Stream<TileShape> shapes(Contraction contraction, int lanes) {
        return contraction.product().isOuter()
                ? Stream.of(new TileShape(lanes, 2, lanes), new TileShape(2 * lanes, 2, lanes))
                : Stream.of(new TileShape(1, 2, lanes), new TileShape(3, 2, lanes));
    }

    private static Stream<Contraction> contractions(BlockEnd end) {
        return Stream.concat(
                Stream.of(
                                Product.EXACT_FMA,
                                Product.DOT_OF_FOUR,
                                Product.DOT_OF_FOUR_BY_PAIRS,
                                Product.SIGNED_DOT_OF_FOUR,
                                Product.BLOCK_DOT)
                        .map(product -> Contraction.int4(product, Order.PART_BY_PART, end)),
                Stream.of(Product.SIGNED_DOT_OF_FOUR, Product.OUTER_DOT)
                        .map(product -> Contraction.int4(product, Order.ALL_AT_ONCE, end)));
    }

    private static Program program(Contraction contraction, TileShape shape, boolean bias, boolean clamp) {
        return new Program(
                shape,
                contraction,
                contraction.hasTotals()
                        ? Epilogues.ofTotals(shape, contraction, new Finish(bias, clamp))
                        : Epilogues.ofSums(shape, contraction, new Finish(bias, clamp)));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void givesTheBitsOfTheReference(Program program) {
        if (program.contraction().hasTotals()) {
            for (final int k : new int[] {0, 64, 192}) {
                new Int4Tile(program, k, 64).checkBlocks(64);
            }
        } else {
            for (final int k : new int[] {0, 1, 3, 8, 18, 511}) {
                new Int4Tile(program, k, k).check();
            }
        }
    }

    @Test
    void printsWhatItDoes() {
        final Contraction contraction = Contraction.int4(Product.DOT_OF_FOUR, Order.PART_BY_PART, BF16_OF_BLOCKS);
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                sums of DOT_OF_FOUR: I8 with NIBBLES as U8
                  begin with: ROW
                  at the end of a block: total = fma(sum, BF16 scale, total)
                a panel's columns: weight_sum, bias
                for each row:
                  zeroPoint = row's zero_point
                  negative = -zeroPoint
                  factor = f32 negative
                  inverseScale = row's inverse_scale
                  weights0 = weight_sum[0]
                  exact0 = fma(weights0, factor, total0)
                  scaled0 = exact0 * inverseScale
                  bias0 = bias[0]
                  biased0 = scaled0 + bias0
                for each row, if there are bounds:
                  clamped0 = clamp biased0
                for each row:
                  dst[0] = clamped0
                """, program(contraction, new TileShape(1, 1, 4), true, true).print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals(
                """
                sums of OUTER_DOT: I8 with NIBBLES MINUS_8 as I8 ALL_AT_ONCE
                  begin with: ZERO
                  at the end of a block: total = fma(sum, F32 scale, total)
                """,
                Contraction.int4(Product.OUTER_DOT, Order.ALL_AT_ONCE, F32_OF_BLOCKS)
                        .print());
    }

    /** int4 weights, and rows that are quantized as they come; blocks along K of {@code bl}, one where channels have scales. */
    private static final class Int4Tile extends FloatTile<Int8Reference.Row> {
        private final int bl;
        private final Weights weights;
        private final Int4Reference.Blocks blocks;

        Int4Tile(Program program, int k, int bl) {
            super(program, k, Int8Reference::quantize);
            this.bl = bl;
            final byte[] bytes = new byte[program.nr() * ((k + 1) / 2)];
            random.nextBytes(bytes);
            final Weights bare = Weights.nByK(Matrix.of(bytes, program.nr(), (k + 1) / 2), new Weights.Nibbles(k, 8));
            final float[] scales = values(random, ofChannels() ? program.nr() : program.nr() * (k / bl));
            for (int i = 0; i < scales.length; i++) {
                scales[i] = Bf16.toFloat(Bf16.round(scales[i]));
            }
            this.weights = ofChannels() ? bare.withScales(scales) : bare.withBlockScales(bl, scales);
            this.blocks = ofChannels()
                    ? Int4Reference.channels(weights)
                    : Int4Reference.blocks(weights, Int4Reference.Scales.BF16);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return ofChannels()
                    ? Int4Reference.multiplyChannels(lhs, biased(weights), min, max)
                    : Int4Reference.multiplyBlocks(lhs, biased(weights), Int4Reference.Scales.BF16, min, max);
        }

        private boolean ofChannels() {
            return !program.contraction().hasTotals();
        }

        @Override
        int besideBias(ColumnPart part, int column) {
            return switch (part) {
                case WEIGHT_SUM -> sum(column);
                case SCALE -> Float.floatToRawIntBits(blocks.scales()[column]);
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

        @Override
        public Interpreter.Blocks blocks() {
            return new Interpreter.Blocks() {
                @Override
                public int scale(int column, int block) {
                    final float scale = blocks.scales()[column * (k / bl) + block];
                    return program.contraction().end().equals(BF16_OF_BLOCKS)
                            ? Bf16.round(scale)
                            : Float.floatToRawIntBits(scale);
                }

                @Override
                public int min(int column, int block) {
                    throw new IllegalArgumentException("there are no minima");
                }

                @Override
                public float scaleOfRow(int row, int block) {
                    throw new IllegalArgumentException("rows have no scales for blocks");
                }

                @Override
                public float scaledSumOfRow(int row, int block) {
                    throw new IllegalArgumentException("rows have no sums for blocks");
                }
            };
        }

        /** Beyond k a row may hold anything, unless weights have their 8 taken off, when theirs are no longer zero. */
        private int beyond() {
            return interleaved() ? 0 : 77;
        }

        /** One value as a float, or four bytes. */
        @Override
        int lhs(Int8Reference.Row row, int from) {
            if (floats()) {
                return Float.floatToRawIntBits(value(row, from));
            }
            return joined(4, Byte.SIZE, part -> value(row, from + (interleaved() ? part % 2 * 2 + part / 2 : part)));
        }

        private int value(Int8Reference.Row row, int p) {
            return p < k ? row.values()[p] : beyond();
        }

        @Override
        public int beginning(int row, int block) {
            int sum = 0;
            for (int p = block * bl; p < Math.min(k, (block + 1) * bl); p++) {
                sum += rows.get(row).values()[p];
            }
            return floats() ? Float.floatToRawIntBits(-8 * sum) : -8 * sum;
        }

        /** Bytes: low bits, then high ones; zero beyond k. */
        @Override
        public int rhs(int column, int from) {
            final int kr = together();
            return joined(
                    Math.min(kr, 4),
                    Byte.SIZE,
                    part -> nibble(column, from + part) | (nibble(column, from + kr + part) << 4));
        }

        private int nibble(int column, int p) {
            return p < k ? blocks.values()[column * k + p] + 8 : 0;
        }

        private int sum(int column) {
            int sum = 0;
            float scaled = 0f;
            for (int first = 0; first < k; first += bl) {
                int block = 0;
                for (int p = first; p < first + bl; p++) {
                    block += blocks.values()[column * k + p];
                }
                sum += block;
                scaled += blocks.scales()[column * (k / bl) + first / bl] * block;
            }
            return ofChannels() ? sum : Float.floatToRawIntBits(scaled);
        }
    }
}
