package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Int4Programs.Scales;
import dev.tilesmith.processor.program.Int4Programs.Scheme;
import dev.tilesmith.reference.Int4Reference;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Bf16;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme of multiplying means what the reference says, before anything is lowered. */
final class Int4ProgramsTest {
    /** A scheme, what has scales, and a program of both. */
    record Case(Scheme scheme, Scales scales, Program program) {}

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
        final boolean channels = given.scales() == Scales.OF_CHANNELS;
        final int[] lengths = channels ? new int[] {0, 1, 3, 8, 18, 511} : new int[] {0, 64, 192};
        for (final int k : lengths) {
            final TileOperands operands = new TileOperands(given, k, channels ? k : 64);
            final int step = 2 * given.scheme().kr();
            if (channels) {
                new Interpreter(given.program(), operands).run(1, (k + step - 1) / step);
            } else {
                new Interpreter(given.program(), operands).run(k / 64, 64 / step);
            }
            assertArrayEquals(
                    operands.expected(), operands.result, () -> given.program().print());
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

    /** One tile's operands, and the result that the interpreter stores. */
    private static final class TileOperands extends FloatResults {
        private final Case given;
        private final int k;
        private final int bl;
        private final float[] lhs;
        private final List<Int8Reference.Row> rows;
        private final Weights weights;
        private final Int4Reference.Blocks blocks;
        private final float[] bias;

        TileOperands(Case given, int k, int bl) {
            super(given.program());
            this.given = given;
            this.k = k;
            this.bl = bl;
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            this.lhs = values(random, program.mr() * k);
            this.rows = IntStream.range(0, program.mr())
                    .mapToObj(row -> Int8Reference.quantize(Arrays.copyOfRange(lhs, row * k, (row + 1) * k)))
                    .toList();
            this.bias = values(random, program.nr());
            final byte[] bytes = new byte[program.nr() * ((k + 1) / 2)];
            random.nextBytes(bytes);
            final Weights bare = Weights.nByK(Matrix.of(bytes, program.nr(), (k + 1) / 2), new Weights.Nibbles(k, 8));
            final boolean channels = given.scales() == Scales.OF_CHANNELS;
            final float[] scales = values(random, channels ? program.nr() : program.nr() * (k / bl));
            for (int i = 0; i < scales.length; i++) {
                scales[i] = Bf16.toFloat(Bf16.round(scales[i]));
            }
            this.weights = channels ? bare.withScales(scales) : bare.withBlockScales(bl, scales);
            this.blocks = channels
                    ? Int4Reference.channels(weights)
                    : Int4Reference.blocks(weights, Int4Reference.Scales.BF16);
        }

        private static float[] values(SplittableRandom random, int count) {
            final float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextInt(9) == 0 ? -0f : (float) random.nextDouble(-2, 3);
            }
            return values;
        }

        float[] expected() {
            final boolean biased = program.finish().stream().anyMatch(Op.Add.class::isInstance);
            final boolean clamped = program.finish().stream().anyMatch(Op.Clamp.class::isInstance);
            final Weights all = biased ? weights.withBias(bias) : weights;
            final float low = clamped ? clampMin() : Float.NEGATIVE_INFINITY;
            final float high = clamped ? clampMax() : Float.POSITIVE_INFINITY;
            final Matrix from = Matrix.of(lhs, program.mr(), k);
            return given.scales() == Scales.OF_CHANNELS
                    ? Int4Reference.multiplyChannels(from, all, low, high)
                    : Int4Reference.multiplyBlocks(from, all, Int4Reference.Scales.BF16, low, high);
        }

        @Override
        public int[] load(Cell cell, int step) {
            final int first = cell.vector() * program.lanes();
            final int kr = given.scheme().kr();
            return switch (cell.operand()) {
                case LHS -> lhs(cell.row(), 2 * step * kr);
                case LHS_NEXT -> lhs(cell.row(), (2 * step + 1) * kr);
                case LHS_BEGINNING -> new int[] {beginning(rows.get(cell.row()), step)};
                case RHS -> rhs(cell.vector(), 2 * step * kr);
                case BLOCK_SCALE -> lanes(lane -> scale(first + lane, step));
                case RHS_SUM -> lanes(lane -> sum(first + lane));
                case RHS_SCALE -> lanes(lane -> Float.floatToRawIntBits(blocks.scales()[first + lane]));
                case BIAS -> lanes(lane -> Float.floatToRawIntBits(bias[first + lane]));
                case LHS_ZERO_POINT -> new int[] {rows.get(cell.row()).zeroPoint()};
                case LHS_SCALE ->
                    new int[] {Float.floatToRawIntBits(rows.get(cell.row()).inverseScale())};
                case LHS_ROWS -> lanes(lane -> lhs(rows.get(first + lane), 2 * step * kr));
                case LHS_BLOCK_SCALE,
                        LHS_BLOCK_SUM,
                        BLOCK_MIN,
                        LHS_THIRD,
                        LHS_FOURTH,
                        RHS_TABLE,
                        RHS_SMALLEST,
                        SUM_BEGINNING,
                        DST_ZERO_POINT,
                        DST -> throw new IllegalArgumentException("no int4 program loads " + cell);
            };
        }

        /** One value of a row, or four bytes; in blocks eight bytes of two rows, the second of which may be anything. */
        private int[] lhs(int row, int from) {
            if (given.scheme() != Scheme.BLOCKS) {
                return new int[] {lhs(rows.get(row), from)};
            }
            return lanes(lane -> lhs(rows.get(Math.min(row + lane / 2, rows.size() - 1)), from + lane % 2 * 4));
        }

        /** A vector of columns; in blocks a pair of columns, eight bytes of each. */
        private int[] rhs(int vector, int from) {
            return given.scheme() == Scheme.BLOCKS
                    ? lanes(lane -> bytes(2 * vector + lane / 2, from + lane % 2 * 4))
                    : lanes(lane -> bytes(vector * program.lanes() + lane, from));
        }

        /** Beyond k a row may hold anything, unless weights have their 8 taken off, when theirs are no longer zero. */
        private int beyond() {
            return given.scheme() == Scheme.SIGNED_QUADS ? 0 : 77;
        }

        private int lhs(Int8Reference.Row row, int from) {
            if (given.scheme() == Scheme.FLOATS) {
                return Float.floatToRawIntBits(from < k ? row.values()[from] : 77);
            }
            final boolean paired = given.scheme() == Scheme.SIGNED_QUADS;
            int bits = 0;
            for (int part = 0; part < 4; part++) {
                final int p = from + (paired ? part % 2 * 2 + part / 2 : part);
                bits |= (p < k ? row.values()[p] & 0xff : beyond()) << (part * Byte.SIZE);
            }
            return bits;
        }

        private int beginning(Int8Reference.Row row, int block) {
            int sum = 0;
            for (int p = block * bl; p < Math.min(k, (block + 1) * bl); p++) {
                sum += row.values()[p];
            }
            return given.scheme() == Scheme.FLOATS ? Float.floatToRawIntBits(-8 * sum) : -8 * sum;
        }

        /** The bytes of a step: low bits, then high ones; zero beyond k. */
        private int bytes(int column, int from) {
            final int kr = given.scheme().kr();
            int bits = 0;
            for (int part = 0; part < Math.min(kr, 4); part++) {
                final int both = nibble(column, from + part) | (nibble(column, from + kr + part) << 4);
                bits |= both << (part * Byte.SIZE);
            }
            return bits;
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
            return given.scales() == Scales.OF_CHANNELS ? sum : Float.floatToRawIntBits(scaled);
        }
    }
}
