package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.reference.BlockReference;
import dev.tilesmith.reference.BlockReference.Blocks;
import dev.tilesmith.reference.BlockReference.Kind;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and weights in blocks: every scheme of multiplying means what the reference says, before anything is lowered. */
final class BlockProgramsTest {
    private static final int BLOCK = BlockReference.BLOCK;

    private static final BlockEnd.Scale F16 = BlockEnd.Scale.F16;

    /** What blocks are of, and a program of it. */
    record Case(Kind kind, Program program) {}

    static Stream<Case> cases() {
        return Stream.of(Kind.values()).flatMap(kind -> contractions(kind).flatMap(contraction -> Stream.of(1, 4, 8, 16)
                .flatMap(lanes -> shapes(contraction, lanes))
                .flatMap(shape ->
                        Stream.of(true, false).map(bias -> new Case(kind, program(contraction, shape, bias, !bias))))));
    }

    private static Stream<TileShape> shapes(Contraction contraction, int lanes) {
        return contraction.product().isOuter()
                ? Stream.of(new TileShape(lanes, 2, lanes), new TileShape(2 * lanes, 1, lanes))
                : Stream.of(new TileShape(1, 2, lanes), new TileShape(3, 2, lanes));
    }

    private static Stream<Contraction> contractions(Kind kind) {
        final BlockEnd end = new BlockEnd.OfBoth(F16, kind == Kind.QAI4C32);
        return switch (kind) {
            case QSI8D32 ->
                Stream.of(
                                Product.EXACT_FMA,
                                Product.DOT_OF_PAIRS,
                                Product.DOT_OF_FOUR,
                                Product.SIGNED_DOT_OF_FOUR,
                                Product.BLOCK_DOT,
                                Product.OUTER_DOT)
                        .map(product -> Contraction.int8(product, end));
            case QSI4C32 -> nibbles((product, order) -> Contraction.int4(product, order, end));
            case QAI4C32 -> nibbles((product, order) -> Contraction.unsignedInt4(product, order, end));
        };
    }

    private static Stream<Contraction> nibbles(BiFunction<Product, Order, Contraction> of) {
        return Stream.concat(
                Stream.of(
                                Product.EXACT_FMA,
                                Product.DOT_OF_FOUR,
                                Product.DOT_OF_FOUR_BY_PAIRS,
                                Product.SIGNED_DOT_OF_FOUR,
                                Product.BLOCK_DOT)
                        .map(product -> of.apply(product, Order.PART_BY_PART)),
                Stream.of(Product.SIGNED_DOT_OF_FOUR, Product.OUTER_DOT)
                        .map(product -> of.apply(product, Order.ALL_AT_ONCE)));
    }

    private static Program program(Contraction contraction, TileShape shape, boolean bias, boolean clamp) {
        return new Program(shape, contraction, Epilogues.ofScaledTotals(shape, contraction, new Finish(bias, clamp)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBitsOfTheReference(Case given) {
        for (final int k : new int[] {0, 32, 96}) {
            new BlockTile(given, k).checkBlocks(BLOCK);
        }
    }

    @Test
    void printsWhatItDoes() {
        final Contraction contraction =
                Contraction.unsignedInt4(Product.DOT_OF_FOUR, Order.PART_BY_PART, new BlockEnd.OfBoth(F16, true));
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                sums of DOT_OF_FOUR: I8 with NIBBLES as U8
                  begin with: ZERO
                  at the end of a block: total = fma(F16 min, scaled sum of row, total), total = fma(sum, scale of row * F16 scale, total)
                a panel's columns: bias
                for each row:
                  bias0 = bias[0]
                  biased0 = total0 + bias0
                for each row, if there are bounds:
                  clamped0 = clamp biased0
                for each row:
                  dst[0] = clamped0
                """, program(contraction, new TileShape(1, 1, 4), true, true).print());
    }

    @Test
    void printsProductsOfTwoRowsAndTwoColumns() {
        final Contraction contraction = Contraction.int8(Product.BLOCK_DOT, new BlockEnd.OfBoth(F16, false));
        assertEquals("""
            sums of BLOCK_DOT: I8 with INT8 as I8
              begin with: ZERO
              at the end of a block: total = fma(sum, scale of row * F16 scale, total)
            """, contraction.print());
    }

    @Test
    void printsOuterProducts() {
        final Contraction contraction =
                Contraction.int4(Product.OUTER_DOT, Order.ALL_AT_ONCE, new BlockEnd.OfBoth(F16, false));
        assertEquals("""
            sums of OUTER_DOT: I8 with NIBBLES MINUS_8 as I8 ALL_AT_ONCE
              begin with: ZERO
              at the end of a block: total = fma(sum, scale of row * F16 scale, total)
            """, contraction.print());
    }

    /** Rows and weights in blocks. */
    private static final class BlockTile extends FloatTile<Blocks> {
        private final Kind kind;
        private final Weights weights;
        private final Blocks blocks;

        BlockTile(Case given, int k) {
            super(given.program(), k, BlockReference::quantize);
            this.kind = given.kind();
            this.weights = Weights.nByK(Matrix.of(values(random, program.nr() * k), program.nr(), k));
            this.blocks = BlockReference.blocks(weights, kind);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return BlockReference.multiply(lhs, biased(weights), kind, min, max);
        }

        @Override
        int besideBias(ColumnPart part, int column) {
            throw unexpected(part);
        }

        @Override
        public int ofRow(RowPart part, int row) {
            throw unexpected(part);
        }

        @Override
        public int beginning(int row, int block) {
            final int beginning = (kind == Kind.QSI4C32 ? -8 : -128) * sum(rows.get(row), block);
            return floats() ? Float.floatToRawIntBits(beginning) : beginning;
        }

        @Override
        public Interpreter.Blocks blocks() {
            return new Interpreter.Blocks() {
                @Override
                public int scale(int column, int block) {
                    return f16(blocks.scales()[column * (k / BLOCK) + block]);
                }

                @Override
                public int min(int column, int block) {
                    return f16(blocks.mins()[column * (k / BLOCK) + block]);
                }

                @Override
                public float scaleOfRow(int row, int block) {
                    return rows.get(row).scales()[block];
                }

                @Override
                public float scaledSumOfRow(int row, int block) {
                    return scaleOfRow(row, block) * sum(rows.get(row), block);
                }
            };
        }

        private static int f16(float value) {
            return Float.floatToFloat16(value) & 0xffff;
        }

        private static int sum(Blocks row, int block) {
            int sum = 0;
            for (int p = block * BLOCK; p < (block + 1) * BLOCK; p++) {
                sum += row.values()[p];
            }
            return sum;
        }

        /** One value as a float, two of 16 bits, or four bytes. */
        @Override
        int lhs(Blocks row, int from) {
            if (floats()) {
                return Float.floatToRawIntBits(row.values()[from]);
            }
            return joined(perWord(), Integer.SIZE / perWord(), part -> row.values()[
                    from + (interleaved() ? part % 2 * 2 + part / 2 : part)]);
        }

        /** Bytes: of one weight, or of two, the first in the low bits. */
        @Override
        public int rhs(int column, int from) {
            return joined(
                    Math.min(together(), Integer.BYTES),
                    Byte.SIZE,
                    part -> kind == Kind.QSI8D32
                            ? weight(column, from + part)
                            : weight(column, from + part) | (weight(column, from + together() + part) << 4));
        }

        private int weight(int column, int p) {
            return blocks.values()[column * k + p] + (kind == Kind.QSI4C32 ? 8 : 0);
        }
    }
}
