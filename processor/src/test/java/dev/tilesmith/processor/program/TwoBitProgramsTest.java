package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.processor.program.TwoBitPrograms.Scheme;
import dev.tilesmith.reference.Int8Reference;
import dev.tilesmith.reference.TwoBitReference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
            new TwoBitTile(given, k).check();
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

    /** Weights of two bits, and rows that are quantized as they come. */
    private static final class TwoBitTile extends FloatTile<Int8Reference.Row> {
        private final Scheme scheme;
        private final List<Integer> table;
        private final int smallest;
        private final byte[] codes;
        private final Weights weights;
        private final Int8Reference.Channels channels;

        TwoBitTile(Case given, int k) {
            super(given.program(), k, given.scheme().kr(), 4 * given.scheme().kr(), Int8Reference::quantize);
            this.scheme = given.scheme();
            this.table = given.table();
            this.smallest = Collections.min(table);
            final int width = Math.ceilDiv(k, 4);
            this.codes = new byte[program.nr() * width];
            random.nextBytes(codes);
            this.weights = Weights.nByK(Matrix.of(codes, program.nr(), width), new Weights.Codes(k, table))
                    .withScales(values(random, program.nr()));
            this.channels = TwoBitReference.channels(weights);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return TwoBitReference.multiply(lhs, biased(weights), min, max);
        }

        @Override
        int[] beside(Cell cell, int step) {
            return switch (cell.operand()) {
                case LHS_BEGINNING -> new int[] {beginning(rows.get(cell.row()))};
                case RHS_TABLE -> new int[] {joined(4, Byte.SIZE, code -> table.get(code) - smallest)};
                case RHS_SMALLEST -> new int[] {joined(4, Byte.SIZE, _ -> smallest)};
                case RHS_SUM -> ofColumns(cell, this::sum);
                case RHS_SCALE -> floats(cell, channels.scales());
                case LHS_ZERO_POINT -> new int[] {rows.get(cell.row()).zeroPoint()};
                case LHS_SCALE ->
                    new int[] {Float.floatToRawIntBits(rows.get(cell.row()).inverseScale())};
                default -> throw unexpected(cell);
            };
        }

        /** One value as a float, or four bytes. */
        @Override
        int lhs(Int8Reference.Row row, int from) {
            return scheme == Scheme.FLOATS
                    ? Float.floatToRawIntBits(value(row, from))
                    : joined(4, Byte.SIZE, part -> value(row, from + part));
        }

        /** Beyond k a row may hold anything, unless weights are what they are, and not zero there. */
        private int value(Int8Reference.Row row, int p) {
            return p < k ? row.values()[p] : scheme.isSigned() ? 0 : 77;
        }

        private int beginning(Int8Reference.Row row) {
            int sum = 0;
            for (final byte value : row.values()) {
                sum += value;
            }
            return scheme == Scheme.FLOATS ? Float.floatToRawIntBits(smallest * sum) : smallest * sum;
        }

        /** Bytes of four codes each; beyond k what stands for the smallest value. */
        @Override
        int rhs(int column, int from) {
            final int kr = scheme.kr();
            return joined(Math.min(kr, 4), Byte.SIZE, i -> joined(4, 2, part -> code(column, from + part * kr + i)));
        }

        private int code(int column, int p) {
            return p < k ? codes[column * Math.ceilDiv(k, 4) + p / 4] >> (p % 4 * 2) : table.indexOf(smallest);
        }

        private int sum(int column) {
            return IntStream.range(column * k, (column + 1) * k)
                    .map(i -> channels.values()[i])
                    .sum();
        }
    }
}
