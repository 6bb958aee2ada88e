package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.TwoBitPrograms.Scheme;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.TwoBitReference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme of multiplying with weights of two bits means what the reference says, before anything is lowered. */
final class TwoBitProgramsTest {
    /** A scheme, a table, and a program. */
    record Case(Scheme scheme, List<Integer> table, Program program) {}

    static Stream<Case> cases() {
        final List<List<Integer>> tables =
                List.of(List.of(-2, -1, 0, 1), List.of(127, -128, 5, 5), List.of(3, 3, 3, 3), List.of(9, 100, 40, 8));
        return tables.stream()
                .flatMap(table -> Stream.concat(
                        Arrays.stream(Scheme.values()).flatMap(scheme -> tiles(scheme, table)), outerProducts(table)));
    }

    private static Stream<Case> tiles(Scheme scheme, List<Integer> table) {
        // blocks are products of two rows and two columns: four lanes
        final Stream<Integer> allLanes = scheme == Scheme.BLOCKS ? Stream.of(4) : Stream.of(1, 8, 16);
        return allLanes.flatMap(lanes -> Stream.of(1, 3)
                .map(mr -> new Case(scheme, table, TwoBitPrograms.tile(scheme, mr, 2, lanes, mr == 1, mr != 1))));
    }

    private static Stream<Case> outerProducts(List<Integer> table) {
        return Stream.of(1, 4).flatMap(lanes -> Stream.of(1, 2)
                .map(rowVectors -> new Case(
                        Scheme.SIGNED_BYTES,
                        table,
                        TwoBitPrograms.outer(rowVectors, 2, lanes, rowVectors == 1, rowVectors != 1))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheBitsOfTheReference(Case given) {
        for (final int k : new int[] {0, 1, 3, 16, 18, 511}) {
            final TileOperands operands = new TileOperands(given, k);
            new Interpreter(given.program(), operands)
                    .run(1, Math.ceilDiv(k, 4 * given.scheme().kr()));
            assertArrayEquals(
                    operands.expected(), operands.result, () -> given.program().print());
        }
    }

    @Test
    void printsWhatItDoes() {
        assertEquals(
                """
                tile 1 x 1 in vectors of 1
                for each block along k:
                  sum0_0 = broadcast lhs_beginning[0]
                  table = broadcast rhs_table
                for each step along k:
                  rhs0_0 = table[bits 0 of rhs[0]]
                  lhs0_0 = broadcast lhs[0]
                  sum0_0 = lhs0_0 * rhs0_0 + sum0_0
                  rhs0_1 = table[bits 2 of rhs[0]]
                  lhs0_1 = broadcast lhs_next[0]
                  sum0_0 = lhs0_1 * rhs0_1 + sum0_0
                  rhs0_2 = table[bits 4 of rhs[0]]
                  lhs0_2 = broadcast lhs_third[0]
                  sum0_0 = lhs0_2 * rhs0_2 + sum0_0
                  rhs0_3 = table[bits 6 of rhs[0]]
                  lhs0_3 = broadcast lhs_fourth[0]
                  sum0_0 = lhs0_3 * rhs0_3 + sum0_0
                for each row:
                  zeroPoint = broadcast lhs_zero_point[0]
                  inverseScale = broadcast lhs_scale[0]
                  whole0 = i32 sum0
                  weights0 = rhs_sum[0]
                  excess0 = zeroPoint * weights0
                  exact0 = whole0 - excess0
                  converted0 = f32 exact0
                  columnScale0 = rhs_scale[0]
                  scale0 = columnScale0 * inverseScale
                  scaled0 = converted0 * scale0
                  dst[0][0] = scaled0
                """, TwoBitPrograms.tile(Scheme.FLOATS, 1, 1, 1, false, false).print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals("""
                tile 1 x 1 in vectors of 1
                for each block along k:
                  unsigned = broadcast rhs_table
                  smallest = broadcast rhs_smallest
                  table = bytes unsigned + smallest
                for each step along k:
                  lhs0 = lhs_rows[0]
                  rhs0 = table[all bits of rhs[0]]
                  tile0_0 = dot(lhs0 x rhs0) + tile0_0
                once:
                  sum0_0 = row 0 of tile0_0
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
                  dst[0][0] = scaled0
                """, TwoBitPrograms.outer(1, 1, 1, false, false).print());
    }

    /** One tile's operands, and the result that the interpreter stores. */
    private static final class TileOperands extends FloatResults {
        private final Scheme scheme;
        private final List<Integer> table;
        private final int smallest;
        private final int k;
        private final byte[] codes;
        private final float[] lhs;
        private final List<Int8Reference.Row> rows;
        private final Weights weights;
        private final Int8Reference.Channels channels;

        TileOperands(Case given, int k) {
            super(given.program());
            this.scheme = given.scheme();
            this.table = given.table();
            this.smallest = Collections.min(table);
            this.k = k;
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            this.lhs = values(random, program.mr() * k);
            this.rows = IntStream.range(0, program.mr())
                    .mapToObj(row -> Int8Reference.quantize(Arrays.copyOfRange(lhs, row * k, (row + 1) * k)))
                    .toList();
            final int width = Math.ceilDiv(k, 4);
            this.codes = new byte[program.nr() * width];
            random.nextBytes(codes);
            this.weights = Weights.nByK(Matrix.of(codes, program.nr(), width), new Weights.Codes(k, table))
                    .withScales(values(random, program.nr()))
                    .withBias(values(random, program.nr()));
            this.channels = TwoBitReference.channels(weights);
        }

        private static float[] values(SplittableRandom random, int count) {
            final float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) random.nextDouble(-2, 3);
            }
            return values;
        }

        float[] expected() {
            final boolean biased = program.finish().stream().anyMatch(Op.Add.class::isInstance);
            final boolean clamped = program.finish().stream().anyMatch(Op.Clamp.class::isInstance);
            return TwoBitReference.multiply(
                    Matrix.of(lhs, program.mr(), k),
                    biased ? weights : weights.withBias(),
                    clamped ? clampMin() : Float.NEGATIVE_INFINITY,
                    clamped ? clampMax() : Float.POSITIVE_INFINITY);
        }

        @Override
        public int[] load(Cell cell, int step) {
            final int first = cell.vector() * program.lanes();
            final int kr = scheme.kr();
            return switch (cell.operand()) {
                case LHS -> lhs(cell.row(), 4 * step * kr);
                case LHS_NEXT -> lhs(cell.row(), (4 * step + 1) * kr);
                case LHS_THIRD -> lhs(cell.row(), (4 * step + 2) * kr);
                case LHS_FOURTH -> lhs(cell.row(), (4 * step + 3) * kr);
                case LHS_ROWS -> lanes(lane -> lhs(rows.get(first + lane), 4 * step * kr));
                case LHS_BEGINNING -> new int[] {beginning(rows.get(cell.row()))};
                case RHS -> rhs(cell.vector(), 4 * step * kr);
                case RHS_TABLE -> new int[] {unsignedTable()};
                case RHS_SMALLEST -> new int[] {(smallest & 0xff) * 0x01010101};
                case RHS_SUM -> lanes(lane -> sum(first + lane));
                case RHS_SCALE -> lanes(lane -> Float.floatToRawIntBits(channels.scales()[first + lane]));
                case BIAS -> lanes(lane -> Float.floatToRawIntBits(weights.bias()[first + lane]));
                case LHS_ZERO_POINT -> new int[] {rows.get(cell.row()).zeroPoint()};
                case LHS_SCALE ->
                    new int[] {Float.floatToRawIntBits(rows.get(cell.row()).inverseScale())};
                case BLOCK_SCALE, BLOCK_MIN, LHS_BLOCK_SCALE, LHS_BLOCK_SUM, SUM_BEGINNING, DST_ZERO_POINT, DST ->
                    throw new IllegalArgumentException("no program of two bits loads " + cell);
            };
        }

        private int unsignedTable() {
            int bytes = 0;
            for (int code = 0; code < 4; code++) {
                bytes |= (table.get(code) - smallest) << (code * Byte.SIZE);
            }
            return bytes;
        }

        /** One value of a row, or four bytes; in blocks eight bytes of two rows, the second of which may be anything. */
        private int[] lhs(int row, int from) {
            return scheme == Scheme.BLOCKS
                    ? lanes(lane -> lhs(rows.get(Math.min(row + lane / 2, rows.size() - 1)), from + lane % 2 * 4))
                    : new int[] {lhs(rows.get(row), from)};
        }

        /** A vector of columns; in blocks a pair of columns, eight bytes of each. */
        private int[] rhs(int vector, int from) {
            return scheme == Scheme.BLOCKS
                    ? lanes(lane -> bytes(2 * vector + lane / 2, from + lane % 2 * 4))
                    : lanes(lane -> bytes(vector * program.lanes() + lane, from));
        }

        /** Beyond k a row may hold anything, unless weights are what they are, and not zero there. */
        private int lhs(Int8Reference.Row row, int from) {
            if (scheme == Scheme.FLOATS) {
                return Float.floatToRawIntBits(from < k ? row.values()[from] : 77);
            }
            final int beyond = scheme.isSigned() ? 0 : 77;
            int bits = 0;
            for (int i = 0; i < 4; i++) {
                bits |= (from + i < k ? row.values()[from + i] & 0xff : beyond) << (i * Byte.SIZE);
            }
            return bits;
        }

        private int beginning(Int8Reference.Row row) {
            int sum = 0;
            for (final byte value : row.values()) {
                sum += value;
            }
            return scheme == Scheme.FLOATS ? Float.floatToRawIntBits(smallest * sum) : smallest * sum;
        }

        /** The bytes of a step; beyond k what stands for the smallest value. */
        private int bytes(int column, int from) {
            final int kr = scheme.kr();
            int bits = 0;
            for (int i = 0; i < Math.min(kr, 4); i++) {
                for (int part = 0; part < 4; part++) {
                    bits |= code(column, from + part * kr + i) << (i * Byte.SIZE + 2 * part);
                }
            }
            return bits;
        }

        private int code(int column, int p) {
            return p < k ? codes[column * Math.ceilDiv(k, 4) + p / 4] >> (p % 4 * 2) & 3 : table.indexOf(smallest);
        }

        private int sum(int column) {
            return IntStream.range(column * k, (column + 1) * k)
                    .map(i -> channels.values()[i])
                    .sum();
        }
    }
}
