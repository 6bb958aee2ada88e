package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.Int8Programs.Scheme;
import dev.tilesmith.reference.StaticInt8Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Requantization;
import dev.tilesmith.runtime.Weights;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
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
            final TileOperands operands = new TileOperands(given, k);
            new Interpreter(given.program(), operands)
                    .run((k + given.scheme().kr() - 1) / given.scheme().kr());
            assertArrayEquals(
                    operands.expected(), operands.result, () -> given.program().print());
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

    /** One tile's operands, and the result that the interpreter stores. */
    private static final class TileOperands implements Interpreter.Operands {
        private static final Requantization REQUANTIZATION = new Requantization(0.5f, -3, 40f, 17);

        private final Scheme scheme;
        private final Program program;
        private final int k;
        private final byte[] lhs;
        private final byte[] rhs;
        private final float[] scales;
        private final int[] bias;
        final int[] result;

        TileOperands(Case given, int k) {
            this.scheme = given.scheme();
            this.program = given.program();
            this.k = k;
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            this.lhs = new byte[program.mr() * k];
            this.rhs = new byte[program.nr() * k];
            random.nextBytes(lhs);
            random.nextBytes(rhs);
            this.scales = new float[program.nr()];
            for (int j = 0; j < scales.length; j++) {
                scales[j] = (float) random.nextDouble(0.001, 4);
            }
            this.bias = random.ints(program.nr(), -5000, 5000).toArray();
            this.result = new int[program.mr() * program.nr()];
        }

        int[] expected() {
            final Weights weights = Weights.nByK(Matrix.of(rhs, program.nr(), k))
                    .withScales(scales)
                    .withIntBias(bias)
                    .requantized(REQUANTIZATION);
            final Matrix rows = Matrix.of(lhs, program.mr(), k);
            if (program.finish().stream().noneMatch(Op.StoreBytes.class::isInstance)) {
                return StaticInt8Reference.sums(rows, weights);
            }
            final boolean clamped = program.finish().stream().anyMatch(Op.IntClamp.class::isInstance);
            final byte[] bytes = StaticInt8Reference.multiply(rows, weights, clamped ? -30 : -128, clamped ? 90 : 127);
            return IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
        }

        @Override
        public int[] load(Cell cell, int step) {
            if (scheme == Scheme.BLOCKS && cell.operand() == Cell.Operand.LHS) {
                return pair(lhs, cell.row(), step);
            }
            if (scheme == Scheme.BLOCKS && cell.operand() == Cell.Operand.RHS) {
                return pair(rhs, 2 * cell.vector(), step);
            }
            final int first = cell.vector() * program.lanes();
            return switch (cell.operand()) {
                case LHS -> new int[] {lhs(cell.row(), step)};
                case LHS_ROWS -> lanes(lane -> lhs(first + lane, step));
                case RHS -> lanes(lane -> packed((first + lane) * k, step));
                case SUM_BEGINNING -> lanes(lane -> beginning(first + lane));
                case RHS_SCALE ->
                    lanes(lane -> Float.floatToRawIntBits(REQUANTIZATION.multiplier(scales[first + lane])));
                case DST_ZERO_POINT -> lanes(_ -> REQUANTIZATION.dstZeroPoint());
                case BIAS,
                        BLOCK_MIN,
                        BLOCK_SCALE,
                        DST,
                        LHS_BEGINNING,
                        LHS_BLOCK_SCALE,
                        LHS_BLOCK_SUM,
                        LHS_NEXT,
                        LHS_THIRD,
                        LHS_FOURTH,
                        RHS_TABLE,
                        RHS_SMALLEST,
                        LHS_SCALE,
                        LHS_ZERO_POINT,
                        RHS_SUM -> throw new IllegalArgumentException("no static program loads " + cell);
            };
        }

        /** What quads add to a value, so that it is unsigned. */
        private int offset() {
            return scheme == Scheme.QUADS ? 128 : 0;
        }

        private int beginning(int column) {
            final int sum = IntStream.range(column * k, (column + 1) * k)
                    .map(i -> rhs[i])
                    .sum();
            return bias[column] - (REQUANTIZATION.lhsZeroPoint() + offset()) * sum;
        }

        private int lhs(int row, int step) {
            int bits = 0;
            for (int part = 0; part < scheme.kr(); part++) {
                final int p = step * scheme.kr() + part;
                final int value = p < k ? lhs[row * k + p] + offset() : 0;
                final int mask = scheme == Scheme.PAIRS ? 0xffff : 0xff;
                bits |= (value & mask) << (part * 32 / scheme.kr());
                if (scheme == Scheme.FLOATS) {
                    bits = Float.floatToRawIntBits(value);
                }
            }
            return bits;
        }

        /** Eight bytes of each of two rows of k; rows beyond the last are zero. */
        private int[] pair(byte[] values, int first, int step) {
            return IntStream.range(0, 4)
                    .map(lane -> fourBytes(values, first + lane / 2, step * 8 + lane % 2 * 4))
                    .toArray();
        }

        private int fourBytes(byte[] values, int row, int from) {
            int bits = 0;
            for (int part = 0; part < 4 && from + part < k && (row + 1) * k <= values.length; part++) {
                bits |= (values[row * k + from + part] & 0xff) << (part * Byte.SIZE);
            }
            return bits;
        }

        /** The bytes of a step, zero beyond k. */
        private int packed(int start, int step) {
            int bits = 0;
            for (int part = 0; part < scheme.kr(); part++) {
                final int p = step * scheme.kr() + part;
                bits |= (p < k ? rhs[start + p] & 0xff : 0) << (part * Byte.SIZE);
            }
            return bits;
        }

        private int[] lanes(IntUnaryOperator lane) {
            return IntStream.range(0, program.lanes()).map(lane).toArray();
        }

        @Override
        public void store(Cell cell, int[] lanes) {
            System.arraycopy(
                    lanes, 0, result, cell.row() * program.nr() + cell.vector() * program.lanes(), lanes.length);
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
