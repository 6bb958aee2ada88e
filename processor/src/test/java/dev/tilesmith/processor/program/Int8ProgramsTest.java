package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.reference.Int8Reference;
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
final class Int8ProgramsTest {
    /** A scheme, and a program of it. */
    record Case(Scheme scheme, Program program) {}

    static Stream<Case> cases() {
        return Stream.concat(byScheme(), outer());
    }

    /** As vectors of outer products may have any length, so may those of a program. */
    private static Stream<Case> outer() {
        return Stream.of(1, 4, 8, 16).flatMap(lanes -> Stream.of(true, false).flatMap(bias -> Stream.of(
                        Int8Programs.outer(2, 2, lanes, bias, !bias), Int8Programs.outer(1, 4, lanes, bias, !bias))
                .map(program -> new Case(Scheme.SIGNED_QUADS, program))));
    }

    private static Stream<Case> byScheme() {
        return Arrays.stream(Scheme.values()).flatMap(scheme -> lanes(scheme)
                .flatMap(lanes -> Stream.of(1, 3).flatMap(mr -> Stream.of(true, false)
                        .map(bias -> new Case(scheme, Int8Programs.tile(scheme, mr, 2, lanes, bias, !bias))))));
    }

    /** Blocks are two by two in vectors of four. */
    private static Stream<Integer> lanes(Scheme scheme) {
        return scheme == Scheme.BLOCKS ? Stream.of(4) : Stream.of(1, 4, 8, 16);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBitsOfTheReference(Case given) {
        for (final int k : new int[] {0, 1, 3, 4, 18, 512}) {
            final TileOperands operands = new TileOperands(given, k);
            new Interpreter(given.program(), operands)
                    .run((k + given.scheme().kr() - 1) / given.scheme().kr());
            assertArrayEquals(
                    operands.expected(), operands.result, () -> given.program().print());
        }
    }

    @Test
    void printsWhatItDoes() {
        assertEquals("""
                tile 1 x 4 in vectors of 4
                for each step along k:
                  rhs0 = rhs[0]
                  lhs0 = broadcast lhs[0]
                  sum0_0 = dot(lhs0, rhs0) + sum0_0
                for each row:
                  zeroPoint = broadcast lhs_zero_point[0]
                  inverseScale = broadcast lhs_scale[0]
                  weights0 = rhs_sum[0]
                  excess0 = zeroPoint * weights0
                  exact0 = sum0 - excess0
                  converted0 = f32 exact0
                  columnScale0 = rhs_scale[0]
                  scale0 = columnScale0 * inverseScale
                  scaled0 = converted0 * scale0
                  bias0 = bias[0]
                  biased0 = scaled0 + bias0
                  clamped0 = clamp biased0
                  dst[0][0] = clamped0
                """, Int8Programs.tile(Scheme.QUADS, 1, 1, 4, true, true).print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals("""
                tile 2 x 2 in vectors of 1
                for each step along k:
                  lhs0 = lhs_rows[0]
                  lhs1 = lhs_rows[1]
                  rhs0 = rhs[0]
                  rhs1 = rhs[1]
                  tile0_0 = dot(lhs0 x rhs0) + tile0_0
                  tile0_1 = dot(lhs0 x rhs1) + tile0_1
                  tile1_0 = dot(lhs1 x rhs0) + tile1_0
                  tile1_1 = dot(lhs1 x rhs1) + tile1_1
                once:
                  sum0_0 = row 0 of tile0_0
                  sum0_1 = row 0 of tile0_1
                  sum1_0 = row 0 of tile1_0
                  sum1_1 = row 0 of tile1_1
                """, Int8Programs.outer(2, 2, 1, false, false).print().split("for each row", -1)[0]);
    }

    /** One tile's operands, and the result that the interpreter stores. */
    private static final class TileOperands extends FloatResults {
        private final Scheme scheme;
        private final int k;
        private final float[] lhs;
        private final List<Int8Reference.Row> rows;
        private final byte[] rhs;
        private final float[] scales;
        private final float[] bias;

        TileOperands(Case given, int k) {
            super(given.program());
            this.scheme = given.scheme();
            this.k = k;
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            this.lhs = values(random, program.mr() * k);
            this.rows = IntStream.range(0, program.mr())
                    .mapToObj(row -> Int8Reference.quantize(Arrays.copyOfRange(lhs, row * k, (row + 1) * k)))
                    .toList();
            this.rhs = new byte[program.nr() * k];
            random.nextBytes(rhs);
            this.scales = values(random, program.nr());
            this.bias = values(random, program.nr());
        }

        private static float[] values(SplittableRandom random, int count) {
            final float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextInt(9) == 0 ? -0f : (float) random.nextDouble(-2, 3);
            }
            return values;
        }

        float[] expected() {
            final Weights weights =
                    Weights.nByK(Matrix.of(rhs, program.nr(), k)).withScales(scales);
            final boolean biased = program.finish().stream().anyMatch(Op.Add.class::isInstance);
            final boolean clamped = program.finish().stream().anyMatch(Op.Clamp.class::isInstance);
            return Int8Reference.multiply(
                    Matrix.of(lhs, program.mr(), k),
                    biased ? weights.withBias(bias) : weights,
                    clamped ? clampMin() : Float.NEGATIVE_INFINITY,
                    clamped ? clampMax() : Float.POSITIVE_INFINITY);
        }

        @Override
        public int[] load(Cell cell, int step) {
            if (scheme == Scheme.BLOCKS && cell.operand() == Cell.Operand.LHS) {
                return pair(row -> row < rows.size() ? rows.get(row).values() : new byte[k], cell.row(), step);
            }
            if (scheme == Scheme.BLOCKS && cell.operand() == Cell.Operand.RHS) {
                return pair(column -> Arrays.copyOfRange(rhs, column * k, (column + 1) * k), 2 * cell.vector(), step);
            }
            final int first = cell.vector() * program.lanes();
            return switch (cell.operand()) {
                case LHS -> new int[] {lhs(rows.get(cell.row()), step)};
                case LHS_ROWS -> lanes(lane -> lhs(rows.get(first + lane), step));
                case RHS -> lanes(lane -> packed(rhs, (first + lane) * k, step));
                case RHS_SUM -> lanes(lane -> sum((first + lane) * k));
                case RHS_SCALE -> lanes(lane -> Float.floatToRawIntBits(scales[first + lane]));
                case BIAS -> lanes(lane -> Float.floatToRawIntBits(bias[first + lane]));
                case LHS_ZERO_POINT -> new int[] {rows.get(cell.row()).zeroPoint() + offset()};
                case LHS_SCALE ->
                    new int[] {Float.floatToRawIntBits(rows.get(cell.row()).inverseScale())};
                case LHS_NEXT,
                        LHS_THIRD,
                        LHS_FOURTH,
                        RHS_TABLE,
                        RHS_SMALLEST,
                        LHS_BEGINNING,
                        LHS_BLOCK_SCALE,
                        LHS_BLOCK_SUM,
                        BLOCK_SCALE,
                        BLOCK_MIN,
                        SUM_BEGINNING,
                        DST_ZERO_POINT,
                        DST -> throw new IllegalArgumentException("no dynamic program loads " + cell);
            };
        }

        /** Eight bytes of each of two rows, zero beyond k. */
        private int[] pair(java.util.function.IntFunction<byte[]> row, int first, int step) {
            return IntStream.range(0, 4)
                    .map(lane -> fourBytes(row.apply(first + lane / 2), step * 8 + lane % 2 * 4))
                    .toArray();
        }

        private int fourBytes(byte[] values, int from) {
            int bits = 0;
            for (int part = 0; part < 4; part++) {
                bits |= (from + part < k ? values[from + part] & 0xff : 0) << (part * Byte.SIZE);
            }
            return bits;
        }

        /** What quads and pairs add to a value, so that it is unsigned. */
        private int offset() {
            return scheme == Scheme.QUADS || scheme == Scheme.PAIRS ? 128 : 0;
        }

        private int lhs(Int8Reference.Row row, int step) {
            int bits = 0;
            for (int part = 0; part < scheme.kr(); part++) {
                final int p = step * scheme.kr() + part;
                final int value = (p < k ? row.values()[p] : 0) + offset();
                bits |= (scheme == Scheme.SIGNED_QUADS ? value & 0xff : value) << (part * 32 / scheme.kr());
                if (scheme == Scheme.FLOATS) {
                    bits = Float.floatToRawIntBits(value);
                }
            }
            return bits;
        }

        /** The bytes of a step, zero beyond k. */
        private int packed(byte[] values, int start, int step) {
            int bits = 0;
            for (int part = 0; part < scheme.kr(); part++) {
                final int p = step * scheme.kr() + part;
                bits |= (p < k ? values[start + p] & 0xff : 0) << (part * Byte.SIZE);
            }
            return bits;
        }

        private int sum(int start) {
            return IntStream.range(start, start + k).map(i -> rhs[i]).sum();
        }
    }
}
