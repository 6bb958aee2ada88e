package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.processor.plan.RegisterModel;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs mean what the reference says, on every target's lanes, before anything is lowered. */
final class F32ProgramsTest {
    private static final List<Target> TARGETS = List.of(
            Target.SCALAR,
            Target.VECTOR_128,
            Target.VECTOR_256,
            Target.VECTOR_512,
            Target.AVX2,
            Target.AVX512_VNNI,
            Target.NEON_DOTPROD);

    static Stream<Program> programs() {
        return Stream.concat(byRow(), outer());
    }

    /** As vectors of outer products may have any length, so may those of a program. */
    private static Stream<Program> outer() {
        return Stream.of(1, 4, 8, 16, 32, 64).flatMap(lanes -> Stream.of(true, false)
                .flatMap(bias -> Stream.of(
                        F32Programs.outer(2, 2, lanes, bias, !bias), F32Programs.outer(1, 4, lanes, bias, !bias))));
    }

    private static Stream<Program> byRow() {
        return TARGETS.stream().flatMap(target -> {
            final RegisterModel model = RegisterModel.of(target);
            return IntStream.rangeClosed(1, model.defaultMr(model.bestNr()))
                    .boxed()
                    .flatMap(mr -> Stream.of(true, false)
                            .map(bias ->
                                    F32Programs.tile(mr, model.bestNr() / model.lanes(), model.lanes(), bias, !bias)));
        });
    }

    @ParameterizedTest
    @MethodSource("programs")
    void givesTheBitsOfTheReference(Program program) {
        for (final int k : new int[] {0, 1, 2, 17}) {
            final TileOperands operands = new TileOperands(program, k);
            new Interpreter(program, operands).run(k);
            assertArrayEquals(operands.expected(), operands.result, program.print());
        }
    }

    @Test
    void aRegisterThatIsNotWrittenIsNoticed() {
        final Program broken = new Program(
                1,
                1,
                4,
                LaneType.F32,
                List.of(),
                List.of(new Op.Store(new Register("nowhere", LaneType.F32), new Cell(Operand.DST, 0, 0))));
        assertThrows(IllegalStateException.class, () -> new Interpreter(broken, new TileOperands(broken, 1)).run(1));
    }

    @Test
    void printsWhatItDoes() {
        assertEquals("""
                tile 1 x 4 in vectors of 4
                for each step along k:
                  rhs0 = rhs[0]
                  lhs0 = broadcast lhs[0]
                  sum0_0 = fma(lhs0, rhs0, sum0_0)
                for each row:
                  bias0 = bias[0]
                  biased0 = sum0 + bias0
                  clamped0 = clamp biased0
                  dst[0][0] = clamped0
                """, F32Programs.tile(1, 1, 4, true, true).print());
    }

    /** One tile's operands, and the result that the interpreter stores. */
    private static final class TileOperands extends FloatResults {
        private final int k;
        private final float[] lhs;
        private final float[] rhs;
        private final float[] bias;

        TileOperands(Program program, int k) {
            super(program);
            this.k = k;
            final SplittableRandom random = new SplittableRandom(program.mr() * 31L + k);
            this.lhs = values(random, program.mr() * k);
            this.rhs = values(random, program.nr() * k);
            this.bias = values(random, program.nr());
        }

        private static float[] values(SplittableRandom random, int count) {
            final float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextInt(9) == 0 ? -0f : (float) random.nextDouble(-2, 2);
            }
            return values;
        }

        float[] expected() {
            final Weights weights = Weights.nByK(Matrix.of(rhs, program.nr(), k));
            final boolean biased = program.finish().stream().anyMatch(Op.Add.class::isInstance);
            final boolean clamped = program.finish().stream().anyMatch(Op.Clamp.class::isInstance);
            return F32Reference.multiply(
                    Matrix.of(lhs, program.mr(), k),
                    biased ? weights.withBias(bias) : weights,
                    clamped ? clampMin() : Float.NEGATIVE_INFINITY,
                    clamped ? clampMax() : Float.POSITIVE_INFINITY);
        }

        @Override
        public int[] load(Cell cell, int step) {
            final int first = cell.vector() * program.lanes();
            return switch (cell.operand()) {
                case LHS -> new int[] {Float.floatToRawIntBits(lhs[cell.row() * k + step])};
                case LHS_ROWS -> floats(lane -> lhs[(first + lane) * k + step]);
                case RHS -> floats(lane -> rhs[(first + lane) * k + step]);
                case BIAS -> floats(lane -> bias[first + lane]);
                case LHS_NEXT,
                        LHS_THIRD,
                        LHS_FOURTH,
                        RHS_TABLE,
                        RHS_SMALLEST,
                        LHS_BEGINNING,
                        BLOCK_SCALE,
                        BLOCK_MIN,
                        LHS_BLOCK_SCALE,
                        LHS_BLOCK_SUM,
                        RHS_SUM,
                        SUM_BEGINNING,
                        DST_ZERO_POINT,
                        RHS_SCALE,
                        LHS_SCALE,
                        LHS_ZERO_POINT,
                        DST -> throw new IllegalArgumentException("no f32 program loads " + cell);
            };
        }

        private int[] floats(LaneValue value) {
            return lanes(lane -> Float.floatToRawIntBits(value.at(lane)));
        }

        /** The value of a lane. */
        private interface LaneValue {
            float at(int lane);
        }
    }
}
