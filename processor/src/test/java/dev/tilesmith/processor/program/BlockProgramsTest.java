package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.reference.BlockReference;
import dev.tilesmith.reference.BlockReference.Blocks;
import dev.tilesmith.reference.BlockReference.Kind;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and weights in blocks: every scheme of multiplying means what the reference says, before anything is lowered. */
final class BlockProgramsTest {
    private static final int BLOCK = BlockReference.BLOCK;

    /** A program, and how a step of it takes values along K: {@code kr}, or twice as many where they are nibbles. */
    record Case(Kind kind, int kr, boolean floats, boolean offset, Program program) {
        int step() {
            return kind == Kind.QSI8D32 ? kr : 2 * kr;
        }

        /** Whether a byte of weights has values that are two apart, in whose order those of rows are. */
        boolean interleaved() {
            return kr == 2 && kind != Kind.QSI8D32;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(1, 4, 8, 16).flatMap(lanes -> Stream.of(1, 3).flatMap(mr -> Stream.of(true, false)
                .flatMap(bias -> Stream.of(int4(lanes, mr, bias), int8(lanes, mr, bias), outer(lanes, bias))
                        .flatMap(each -> each))));
    }

    private static Stream<Case> outer(int lanes, boolean bias) {
        return Stream.of(Kind.values())
                .map(kind -> kind == Kind.QSI8D32
                        ? new Case(kind, 4, false, false, BlockPrograms.outerInt8(1, 2, lanes, bias, !bias))
                        : new Case(
                                kind,
                                2,
                                false,
                                false,
                                BlockPrograms.outerInt4(kind == Kind.QAI4C32, 1, 2, lanes, bias, !bias)));
    }

    /** Sums of two rows and two columns fill vectors of four lanes. */
    private static boolean fits(int kr, int lanes) {
        return kr != 8 || lanes == 4;
    }

    private static Stream<Case> int4(int lanes, int mr, boolean bias) {
        return Stream.of(Int4Programs.Scheme.values())
                .filter(scheme -> fits(scheme.kr(), lanes))
                .flatMap(scheme -> Stream.of(Kind.QSI4C32, Kind.QAI4C32)
                        .map(kind -> new Case(
                                kind,
                                scheme.kr(),
                                scheme == Int4Programs.Scheme.FLOATS,
                                kind == Kind.QSI4C32 && scheme != Int4Programs.Scheme.SIGNED_QUADS,
                                BlockPrograms.int4(scheme, kind == Kind.QAI4C32, mr, 2, lanes, bias, !bias))));
    }

    private static Stream<Case> int8(int lanes, int mr, boolean bias) {
        return Stream.of(Int8Programs.Scheme.values())
                .filter(scheme -> fits(scheme.kr(), lanes))
                .map(scheme -> new Case(
                        Kind.QSI8D32,
                        scheme.kr(),
                        scheme == Int8Programs.Scheme.FLOATS,
                        scheme == Int8Programs.Scheme.QUADS,
                        BlockPrograms.int8(scheme, mr, 2, lanes, bias, !bias)));
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
        assertEquals(
                """
                tile 1 x 4 in vectors of 4
                for each block along k:
                  sum0_0 = 0
                for each step along k:
                  low0 = low bits of rhs[0]
                  lhs0 = broadcast lhs[0]
                  sum0_0 = dot(lhs0, low0) + sum0_0
                  high0 = high bits of rhs[0]
                  next0 = broadcast lhs_next[0]
                  sum0_0 = dot(next0, high0) + sum0_0
                at the end of the block:
                  scale0 = f16 block_scale[0]
                  min0 = f16 block_min[0]
                  scaledSum0_0 = broadcast lhs_block_sum[0]
                  total0_0 = fma(min0, scaledSum0_0, total0_0)
                  ofRow0_0 = broadcast lhs_block_scale[0]
                  both0_0 = ofRow0_0 * scale0
                  part0_0 = f32 sum0_0
                  total0_0 = fma(part0_0, both0_0, total0_0)
                for each row:
                  bias0 = bias[0]
                  biased0 = total0 + bias0
                  clamped0 = clamp biased0
                  dst[0][0] = clamped0
                """,
                BlockPrograms.int4(Int4Programs.Scheme.QUADS, true, 1, 1, 4, true, true)
                        .print());
    }

    @Test
    void printsProductsOfTwoRowsAndTwoColumns() {
        assertEquals(
                """
                tile 2 x 4 in vectors of 4
                for each block along k:
                  block0_0 = 0
                  block0_1 = 0
                for each step along k:
                  lhs0 = lhs[0]
                  rhs0 = rhs[0]
                  block0_0 = blockdot(lhs0, rhs0) + block0_0
                  rhs1 = rhs[1]
                  block0_1 = blockdot(lhs0, rhs1) + block0_1
                at the end of the block:
                  ofRow0 = broadcast lhs_block_scale[0]
                  ofRow1 = broadcast lhs_block_scale[1]
                  ofRows0 = first halves of ofRow0, ofRow1
                  scale0 = f16 block_scale[0]
                  scales0 = first halves of scale0, scale0
                  scales1 = second halves of scale0, scale0
                  both0_0 = ofRows0 * scales0
                  part0_0 = f32 block0_0
                  totals0_0 = fma(part0_0, both0_0, totals0_0)
                  both0_1 = ofRows0 * scales1
                  part0_1 = f32 block0_1
                  totals0_1 = fma(part0_1, both0_1, totals0_1)
                once:
                  total0_0 = first halves of totals0_0, totals0_1
                  total1_0 = second halves of totals0_0, totals0_1
                for each row:
                  dst[0][0] = total0
                """,
                BlockPrograms.int8(Int8Programs.Scheme.BLOCKS, 2, 1, 4, false, false)
                        .print());
    }

    @Test
    void printsOuterProducts() {
        assertEquals("""
                tile 1 x 2 in vectors of 1
                for each block along k:
                  tile0_0 = 0
                  tile0_1 = 0
                for each step along k:
                  lhs0 = lhs_rows[0]
                  rhs0 = all bits of rhs[0]
                  rhs1 = all bits of rhs[1]
                  tile0_0 = dot(lhs0 x rhs0) + tile0_0
                  tile0_1 = dot(lhs0 x rhs1) + tile0_1
                at the end of the block:
                  scale0 = f16 block_scale[0]
                  min0 = f16 block_min[0]
                  scaledSum0_0 = broadcast lhs_block_sum[0]
                  total0_0 = fma(min0, scaledSum0_0, total0_0)
                  ofRow0_0 = broadcast lhs_block_scale[0]
                  both0_0 = ofRow0_0 * scale0
                  sum0_0 = row 0 of tile0_0
                  part0_0 = f32 sum0_0
                  total0_0 = fma(part0_0, both0_0, total0_0)
                  scale1 = f16 block_scale[1]
                  min1 = f16 block_min[1]
                  scaledSum0_1 = broadcast lhs_block_sum[0]
                  total0_1 = fma(min1, scaledSum0_1, total0_1)
                  ofRow0_1 = broadcast lhs_block_scale[0]
                  both0_1 = ofRow0_1 * scale1
                  sum0_1 = row 0 of tile0_1
                  part0_1 = f32 sum0_1
                  total0_1 = fma(part0_1, both0_1, total0_1)
                for each row:
                  dst[0][0] = total0
                  dst[0][1] = total1
                """, BlockPrograms.outerInt4(true, 1, 2, 1, false, false).print());
    }

    /** Rows and weights in blocks. */
    private static final class BlockTile extends FloatTile<Blocks> {
        private final Case given;
        private final Weights weights;
        private final Blocks blocks;

        BlockTile(Case given, int k) {
            super(given.program(), k, given.kr(), given.step(), BlockReference::quantize);
            this.given = given;
            this.weights = Weights.nByK(Matrix.of(values(random, program.nr() * k), program.nr(), k));
            this.blocks = BlockReference.blocks(weights, given.kind());
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return BlockReference.multiply(lhs, biased(weights), given.kind(), min, max);
        }

        @Override
        int[] beside(Cell cell, int block) {
            return switch (cell.operand()) {
                case LHS_BEGINNING -> new int[] {beginning(rows.get(cell.row()), block)};
                case LHS_BLOCK_SCALE -> new int[] {Float.floatToRawIntBits(scale(cell.row(), block))};
                case LHS_BLOCK_SUM ->
                    new int[] {Float.floatToRawIntBits(scale(cell.row(), block) * sum(rows.get(cell.row()), block))};
                case BLOCK_SCALE -> ofColumns(cell, column -> f16(blocks.scales()[column * (k / BLOCK) + block]));
                case BLOCK_MIN -> ofColumns(cell, column -> f16(blocks.mins()[column * (k / BLOCK) + block]));
                default -> throw unexpected(cell);
            };
        }

        private static int f16(float value) {
            return Float.floatToFloat16(value) & 0xffff;
        }

        private float scale(int row, int block) {
            return rows.get(row).scales()[block];
        }

        private static int sum(Blocks row, int block) {
            int sum = 0;
            for (int p = block * BLOCK; p < (block + 1) * BLOCK; p++) {
                sum += row.values()[p];
            }
            return sum;
        }

        private int parts() {
            return Math.min(given.kr(), Integer.BYTES);
        }

        /** One value as a float, two of 16 bits, or four bytes. */
        @Override
        int lhs(Blocks row, int from) {
            if (given.floats()) {
                return Float.floatToRawIntBits(row.values()[from]);
            }
            if (given.interleaved()) {
                return joined(4, Byte.SIZE, part -> row.values()[from + part % 2 * 2 + part / 2]);
            }
            return joined(parts(), Integer.SIZE / parts(), part -> row.values()[from + part]);
        }

        private int beginning(Blocks row, int block) {
            final int beginning = given.offset() ? (given.kind() == Kind.QSI4C32 ? -8 : -128) * sum(row, block) : 0;
            return given.floats() ? Float.floatToRawIntBits(beginning) : beginning;
        }

        /** Bytes: of one weight, or of two, the first in the low bits. */
        @Override
        int rhs(int column, int from) {
            return joined(
                    parts(),
                    Byte.SIZE,
                    part -> given.kind() == Kind.QSI8D32
                            ? weight(column, from + part)
                            : weight(column, from + part) | (weight(column, from + given.kr() + part) << 4));
        }

        private int weight(int column, int p) {
            return blocks.values()[column * k + p] + (given.kind() == Kind.QSI4C32 ? 8 : 0);
        }
    }
}
