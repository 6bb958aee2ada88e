package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.processor.plan.RegisterModel;
import dev.tilesmith.processor.program.Cell.Operand;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Target;
import java.util.List;
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
            new F32Tile(program, k).check();
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
        assertThrows(IllegalStateException.class, () -> new Interpreter(broken, new F32Tile(broken, 1)).run(1));
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

    /** f32 rows and weights. */
    private static final class F32Tile extends FloatTile<float[]> {
        private final float[] weights;

        F32Tile(Program program, int k) {
            super(program, k, 1, 1, row -> row);
            this.weights = values(random, program.nr() * k);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return F32Reference.multiply(lhs, biased(Weights.nByK(Matrix.of(weights, program.nr(), k))), min, max);
        }

        @Override
        int lhs(float[] row, int at) {
            return Float.floatToRawIntBits(row[at]);
        }

        @Override
        int rhs(int column, int at) {
            return Float.floatToRawIntBits(weights[column * k + at]);
        }

        @Override
        int[] beside(Cell cell, int step) {
            throw unexpected(cell);
        }
    }
}
