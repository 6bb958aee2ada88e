package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Int4Programs.Scales;
import dev.tilesmith.processor.program.Int4Programs.Scheme;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme of multiplying means what the reference says, before anything is lowered. */
final class Int4ProgramsTest {
    /** A scheme, what has scales, and a program of both. */
    record Case(Scheme scheme, Scales scales, Program program) {
        boolean ofChannels() {
            return scales == Scales.OF_CHANNELS;
        }
    }

    static Stream<Case> cases() {
        return Stream.concat(tiles(), outerProducts());
    }

    private static Stream<Case> outerProducts() {
        return Arrays.stream(Scales.values()).flatMap(scales -> Stream.of(1, 4, 8)
                .flatMap(lanes -> Stream.of(1, 2).flatMap(rowVectors -> Stream.of(true, false)
                        .map(bias -> new Case(
                                Scheme.SIGNED_QUADS,
                                scales,
                                Int4Programs.outer(scales, rowVectors, 2, lanes, bias, !bias))))));
    }

    private static Stream<Case> tiles() {
        return Arrays.stream(Scheme.values())
                .flatMap(scheme -> Arrays.stream(Scales.values()).flatMap(scales -> lanes(scheme)
                        .flatMap(lanes -> Stream.of(1, 3).flatMap(mr -> Stream.of(true, false)
                                .map(bias -> new Case(
                                        scheme,
                                        scales,
                                        Int4Programs.tile(scheme, scales, mr, 2, lanes, bias, !bias)))))));
    }

    /** Blocks are products of two rows and two columns: four lanes. */
    private static Stream<Integer> lanes(Scheme scheme) {
        return scheme == Scheme.BLOCKS ? Stream.of(4) : Stream.of(1, 4, 8, 16);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBitsOfTheReference(Case given) {
        if (given.ofChannels()) {
            for (final int k : new int[] {0, 1, 3, 8, 18, 511}) {
                new Int4Tile(given, k, k).check();
            }
        } else {
            for (final int k : new int[] {0, 64, 192}) {
                new Int4Tile(given, k, 64).checkBlocks(64);
            }
        }
    }

    @Test
    void printsWhatItDoes() {
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                for each block along k:
                  sum0_0 = broadcast lhs_beginning[0]
                for each step along k:
                  low0 = low bits of rhs[0]
                  lhs0 = broadcast lhs[0]
                  sum0_0 = dot(lhs0, low0) + sum0_0
                  high0 = high bits of rhs[0]
                  next0 = broadcast lhs_next[0]
                  sum0_0 = dot(next0, high0) + sum0_0
                at the end of the block:
                  scale0 = bf16 block_scale[0]
                  part0_0 = f32 sum0_0
                  total0_0 = fma(part0_0, scale0, total0_0)
                for each row:
                  zeroPoint = broadcast lhs_zero_point[0]
                  negative = -zeroPoint
                  factor = f32 negative
                  inverseScale = broadcast lhs_scale[0]
                  weights0 = rhs_sum[0]
                  total0 = fma(weights0, factor, total0)
                  scaled0 = total0 * inverseScale
                  bias0 = bias[0]
                  biased0 = scaled0 + bias0
                  clamped0 = clamp biased0
                  dst[0][0] = clamped0
                """,
                Int4Programs.tile(Scheme.QUADS, Scales.BF16_OF_BLOCKS, 1, 1, 4, true, true)
                        .print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals(
                """
                tile 1 x 2 in vectors of 1
                for each block along k:
                  tile0_0 = 0
                  tile0_1 = 0
                for each step along k:
                  lhs0 = lhs_rows[0]
                  rhs0 = all bits of rhs[0] - 8
                  rhs1 = all bits of rhs[1] - 8
                  tile0_0 = dot(lhs0 x rhs0) + tile0_0
                  tile0_1 = dot(lhs0 x rhs1) + tile0_1
                at the end of the block:
                  scale0 = block_scale[0]
                  scale1 = block_scale[1]
                  sum0_0 = row 0 of tile0_0
                  part0_0 = f32 sum0_0
                  total0_0 = fma(part0_0, scale0, total0_0)
                  sum0_1 = row 0 of tile0_1
                  part0_1 = f32 sum0_1
                  total0_1 = fma(part0_1, scale1, total0_1)
                for each row:
                  zeroPoint = broadcast lhs_zero_point[0]
                  negative = -zeroPoint
                  factor = f32 negative
                  inverseScale = broadcast lhs_scale[0]
                  weights0 = rhs_sum[0]
                  total0 = fma(weights0, factor, total0)
                  scaled0 = total0 * inverseScale
                  dst[0][0] = scaled0
                  weights1 = rhs_sum[1]
                  total1 = fma(weights1, factor, total1)
                  scaled1 = total1 * inverseScale
                  dst[0][1] = scaled1
                """,
                Int4Programs.outer(Scales.F32_OF_BLOCKS, 1, 2, 1, false, false).print());
    }

    /** int4 weights, and rows that are quantized as they come; blocks along K of {@code bl}, one where channels have scales. */
    private static final class Int4Tile extends FloatTile<Int8Reference.Row> {
        private final Case given;
        private final int bl;
        private final Weights weights;
        private final Int4Reference.Blocks blocks;

        Int4Tile(Case given, int k, int bl) {
            super(given.program(), k, given.scheme().kr(), 2 * given.scheme().kr(), Int8Reference::quantize);
            this.given = given;
            this.bl = bl;
            final byte[] bytes = new byte[program.nr() * ((k + 1) / 2)];
            random.nextBytes(bytes);
            final Weights bare = Weights.nByK(Matrix.of(bytes, program.nr(), (k + 1) / 2), new Weights.Nibbles(k, 8));
            final float[] scales = values(random, given.ofChannels() ? program.nr() : program.nr() * (k / bl));
            for (int i = 0; i < scales.length; i++) {
                scales[i] = Bf16.toFloat(Bf16.round(scales[i]));
            }
            this.weights = given.ofChannels() ? bare.withScales(scales) : bare.withBlockScales(bl, scales);
            this.blocks = given.ofChannels()
                    ? Int4Reference.channels(weights)
                    : Int4Reference.blocks(weights, Int4Reference.Scales.BF16);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return given.ofChannels()
                    ? Int4Reference.multiplyChannels(lhs, biased(weights), min, max)
                    : Int4Reference.multiplyBlocks(lhs, biased(weights), Int4Reference.Scales.BF16, min, max);
        }

        @Override
        int[] beside(Cell cell, int step) {
            return switch (cell.operand()) {
                case LHS_BEGINNING -> new int[] {beginning(rows.get(cell.row()), step)};
                case BLOCK_SCALE -> ofColumns(cell, column -> scale(column, step));
                case RHS_SUM -> ofColumns(cell, this::sum);
                case RHS_SCALE -> floats(cell, blocks.scales());
                case LHS_ZERO_POINT -> new int[] {rows.get(cell.row()).zeroPoint()};
                case LHS_SCALE ->
                    new int[] {Float.floatToRawIntBits(rows.get(cell.row()).inverseScale())};
                default -> throw unexpected(cell);
            };
        }

        /** Beyond k a row may hold anything, unless weights have their 8 taken off, when theirs are no longer zero. */
        private int beyond() {
            return given.scheme() == Scheme.SIGNED_QUADS ? 0 : 77;
        }

        /** One value as a float, or four bytes. */
        @Override
        int lhs(Int8Reference.Row row, int from) {
            if (given.scheme() == Scheme.FLOATS) {
                return Float.floatToRawIntBits(value(row, from));
            }
            final boolean paired = given.scheme() == Scheme.SIGNED_QUADS;
            return joined(4, Byte.SIZE, part -> value(row, from + (paired ? part % 2 * 2 + part / 2 : part)));
        }

        private int value(Int8Reference.Row row, int p) {
            return p < k ? row.values()[p] : beyond();
        }

        private int beginning(Int8Reference.Row row, int block) {
            int sum = 0;
            for (int p = block * bl; p < Math.min(k, (block + 1) * bl); p++) {
                sum += row.values()[p];
            }
            return given.scheme() == Scheme.FLOATS ? Float.floatToRawIntBits(-8 * sum) : -8 * sum;
        }

        /** Bytes: low bits, then high ones; zero beyond k. */
        @Override
        int rhs(int column, int from) {
            final int kr = given.scheme().kr();
            return joined(
                    Math.min(kr, 4),
                    Byte.SIZE,
                    part -> nibble(column, from + part) | (nibble(column, from + kr + part) << 4));
        }

        private int nibble(int column, int p) {
            return p < k ? blocks.values()[column * k + p] + 8 : 0;
        }

        private int scale(int column, int block) {
            final float scale = blocks.scales()[column * (k / bl) + block];
            return given.scales() == Scales.BF16_OF_BLOCKS ? Bf16.round(scale) : Float.floatToRawIntBits(scale);
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
            return given.ofChannels() ? sum : Float.floatToRawIntBits(scaled);
        }
    }
}
