package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
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
            new Int8Tile(given, k).check();
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

    /** int8 weights, and rows that are quantized as they come. */
    private static final class Int8Tile extends FloatTile<Int8Reference.Row> {
        private final Scheme scheme;
        private final byte[] weights;
        private final float[] scales;

        Int8Tile(Case given, int k) {
            super(given.program(), k, given.scheme().kr(), given.scheme().kr(), Int8Reference::quantize);
            this.scheme = given.scheme();
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
        int[] beside(Cell cell, int step) {
            return switch (cell.operand()) {
                case RHS_SUM -> ofColumns(cell, this::sum);
                case RHS_SCALE -> floats(cell, scales);
                case LHS_ZERO_POINT -> new int[] {rows.get(cell.row()).zeroPoint() + offset()};
                case LHS_SCALE ->
                    new int[] {Float.floatToRawIntBits(rows.get(cell.row()).inverseScale())};
                default -> throw unexpected(cell);
            };
        }

        /** What quads and pairs add to a value, so that it is unsigned. */
        private int offset() {
            return scheme == Scheme.QUADS || scheme == Scheme.PAIRS ? 128 : 0;
        }

        @Override
        int lhs(Int8Reference.Row row, int from) {
            if (scheme == Scheme.FLOATS) {
                return Float.floatToRawIntBits(value(row, from));
            }
            return joined(parts(), Integer.SIZE / parts(), part -> value(row, from + part));
        }

        private int value(Int8Reference.Row row, int p) {
            return (p < k ? row.values()[p] : 0) + offset();
        }

        /** Bytes, zero beyond k. */
        @Override
        int rhs(int column, int from) {
            return joined(parts(), Byte.SIZE, part -> from + part < k ? weights[column * k + from + part] : 0);
        }

        private int parts() {
            return Math.min(scheme.kr(), Integer.BYTES);
        }

        private int sum(int column) {
            return IntStream.range(column * k, (column + 1) * k)
                    .map(i -> weights[i])
                    .sum();
        }
    }
}
