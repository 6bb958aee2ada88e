package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Int8Programs.Scheme;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Static int8 means what the reference says in every scheme, to int8 and to sums, before anything is lowered. */
final class StaticInt8ProgramsTest {
    /** A scheme, and a program of it. */
    record Case(Scheme scheme, Program program) {}

    static Stream<Case> cases() {
        return Stream.of(true, false).flatMap(requantized -> Stream.of(true, false)
                .flatMap(clamp -> Stream.concat(byScheme(requantized, clamp), outer(requantized, clamp))));
    }

    private static Stream<Case> byScheme(boolean requantized, boolean clamp) {
        return Stream.of(Scheme.values()).flatMap(scheme -> lanes(scheme).flatMap(lanes -> Stream.of(1, 3)
                .map(mr -> new Case(scheme, StaticInt8Programs.tile(scheme, mr, 2, lanes, requantized, clamp)))));
    }

    /** Blocks are two by two in vectors of four. */
    private static Stream<Integer> lanes(Scheme scheme) {
        return scheme == Scheme.BLOCKS ? Stream.of(4) : Stream.of(1, 8, 16);
    }

    private static Stream<Case> outer(boolean requantized, boolean clamp) {
        return Stream.of(1, 4, 16).flatMap(lanes -> Stream.of(
                        StaticInt8Programs.outer(2, 2, lanes, requantized, clamp),
                        StaticInt8Programs.outer(1, 4, lanes, requantized, clamp))
                .map(program -> new Case(Scheme.SIGNED_QUADS, program)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheIntegersOfTheReference(Case given) {
        for (final int k : new int[] {0, 1, 3, 4, 18, 512}) {
            new StaticTile(given, k).check();
        }
    }

    /** Both halves are tested where they come from. */
    @ParameterizedTest
    @EnumSource
    void int4MultipliesAsInt4AndEndsAsStaticInt8(Int4Programs.Scheme scheme) {
        final Program int4 = Int4Programs.tile(scheme, Int4Programs.Scales.OF_CHANNELS, 3, 2, 4, true, true);
        final Scheme same = scheme == Int4Programs.Scheme.FLOATS ? Scheme.FLOATS : Scheme.QUADS;
        assertMadeOf(
                int4,
                StaticInt8Programs.tile(same, 3, 2, 4, true, true),
                StaticInt8Programs.int4(scheme, 3, 2, 4, true));
    }

    @Test
    void outerProductsOfInt4MultiplyAsInt4AndEndAsStaticInt8() {
        assertMadeOf(
                Int4Programs.outer(Int4Programs.Scales.OF_CHANNELS, 2, 2, 4, true, true),
                StaticInt8Programs.outer(2, 2, 4, true, true),
                StaticInt8Programs.int4Outer(2, 2, 4, true));
    }

    private static void assertMadeOf(Program int4, Program end, Program program) {
        assertEquals(int4.begin(), program.begin());
        assertEquals(int4.step(), program.step());
        assertEquals(int4.join(), program.join());
        assertEquals(end.finish(), program.finish());
    }

    @Test
    void printsWhatItDoes() {
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                for each step along k:
                  rhs0 = rhs[0]
                  lhs0 = broadcast lhs[0]
                  sum0_0 = dot(lhs0, rhs0) + sum0_0
                for each row:
                  beginning0 = sum_beginning[0]
                  exact0 = sum0 + beginning0
                  converted0 = f32 exact0
                  multiplier0 = rhs_scale[0]
                  scaled0 = converted0 * multiplier0
                  rounded0 = round scaled0
                  zeroPoint0 = dst_zero_point[0]
                  result0 = rounded0 + zeroPoint0
                  clamped0 = clamp result0
                  dst[0][0] = int8 clamped0
                """, StaticInt8Programs.tile(Scheme.QUADS, 1, 1, 4, true, true).print());
    }

    /** int8 rows and weights, whose results are int8 or sums. */
    private static final class StaticTile extends Tile<byte[]> {
        private static final Requantization REQUANTIZATION = new Requantization(0.5f, -3, 40f, 17);

        private final Scheme scheme;
        private final byte[] lhs;
        private final byte[] weights;
        private final float[] scales;
        private final int[] bias;

        StaticTile(Case given, int k) {
            final Program program = given.program();
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            final byte[] lhs = new byte[program.mr() * k];
            random.nextBytes(lhs);
            final List<byte[]> rows = IntStream.range(0, program.mr())
                    .mapToObj(row -> Arrays.copyOfRange(lhs, row * k, (row + 1) * k))
                    .toList();
            super(program, k, given.scheme().kr(), given.scheme().kr(), rows);
            this.scheme = given.scheme();
            this.lhs = lhs;
            this.weights = new byte[program.nr() * k];
            random.nextBytes(weights);
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
            if (program.finish().stream().noneMatch(Op.StoreBytes.class::isInstance)) {
                return StaticInt8Reference.sums(from, quantized);
            }
            final boolean clamped = program.finish().stream().anyMatch(Op.IntClamp.class::isInstance);
            final byte[] bytes =
                    StaticInt8Reference.multiply(from, quantized, clamped ? -30 : -128, clamped ? 90 : 127);
            return IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
        }

        @Override
        int[] other(Cell cell, int step) {
            return switch (cell.operand()) {
                case SUM_BEGINNING -> ofColumns(cell, this::beginning);
                case RHS_SCALE ->
                    ofColumns(cell, column -> Float.floatToRawIntBits(REQUANTIZATION.multiplier(scales[column])));
                case DST_ZERO_POINT -> ofColumns(cell, _ -> REQUANTIZATION.dstZeroPoint());
                default -> throw unexpected(cell);
            };
        }

        /** What quads add to a value, so that it is unsigned. */
        private int offset() {
            return scheme == Scheme.QUADS ? 128 : 0;
        }

        private int beginning(int column) {
            final int sum = IntStream.range(column * k, (column + 1) * k)
                    .map(i -> weights[i])
                    .sum();
            return bias[column] - (REQUANTIZATION.lhsZeroPoint() + offset()) * sum;
        }

        @Override
        int lhs(byte[] row, int from) {
            if (scheme == Scheme.FLOATS) {
                return Float.floatToRawIntBits(row[from]);
            }
            return joined(parts(), Integer.SIZE / parts(), part -> from + part < k ? row[from + part] + offset() : 0);
        }

        /** Bytes, zero beyond k. */
        @Override
        int rhs(int column, int from) {
            return joined(parts(), Byte.SIZE, part -> from + part < k ? weights[column * k + from + part] : 0);
        }

        private int parts() {
            return Math.min(scheme.kr(), Integer.BYTES);
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
