package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.processor.lower.RegisterModel;
import dev.tilesmith.processor.targets.Targets;
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
                        program(Product.OUTER_FMA, new TileShape(2 * lanes, 2, lanes), bias),
                        program(Product.OUTER_FMA, new TileShape(lanes, 4, lanes), bias))));
    }

    private static Stream<Program> byRow() {
        return TARGETS.stream().flatMap(target -> {
            final RegisterModel model = Targets.of(target).registers(Contraction.f32(Product.FMA));
            return IntStream.rangeClosed(1, model.defaultMr(model.bestNr()))
                    .boxed()
                    .flatMap(mr -> Stream.of(true, false)
                            .map(bias -> program(
                                    Product.FMA,
                                    new TileShape(mr, model.bestNr() / model.lanes(), model.lanes()),
                                    bias)));
        });
    }

    private static Program program(Product product, TileShape shape, boolean bias) {
        final Contraction contraction = Contraction.f32(product);
        return new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, new Finish(bias, !bias)));
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
        final Pass store = new Pass(List.of(new Op.Store(new Register(Role.BIASED, LaneType.F32, 0))));
        assertThrows(IllegalArgumentException.class, () -> new Epilogue(List.of(), List.of(store)));
    }

    @Test
    void aSumThatTheContractionDoesNotLeaveIsNoticed() {
        final Pass store = new Pass(List.of(new Op.Store(new Register(Role.TOTAL, LaneType.F32, 0))));
        final Epilogue epilogue = new Epilogue(List.of(), List.of(store));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Program(new TileShape(1, 1, 4), Contraction.f32(Product.FMA), epilogue));
    }

    @Test
    void goesOnFromAnEarlierPartOfK() {
        final TileShape shape = new TileShape(2, 1, 4);
        final Contraction contraction = Contraction.f32(Product.FMA);
        final Program program =
                new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, new Finish(false, false)));
        final F32Tile parts = new F32Tile(program, 12);
        new Interpreter(program, parts).run(5);
        parts.from = 5;
        new Interpreter(program, parts).run(7);
        parts.assertResult();
    }

    @Test
    void printsWhatItDoes() {
        final Contraction contraction = Contraction.f32(Product.FMA);
        final TileShape shape = new TileShape(1, 2, 4);
        assertEquals(
                """
            tile 1 x 8 in vectors of 4
            sums of FMA: F32 with F32 as F32
              begin with: RESULT
            a panel's columns: bias
            once:
              bias0 = bias[0]
              bias1 = bias[1]
            for each row:
              biased0 = sum0 + bias0
              biased1 = sum1 + bias1
            for each row, if there are bounds:
              clamped0 = clamp biased0
              clamped1 = clamp biased1
            for each row:
              dst[0] = clamped0
              dst[1] = clamped1
            """,
                new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, new Finish(true, true)))
                        .print());
    }

    /** f32 rows and weights. */
    private static final class F32Tile extends FloatTile<float[]> {
        private final float[] weights;
        private int from;

        F32Tile(Program program, int k) {
            super(program, k, row -> row);
            this.weights = values(random, program.nr() * k);
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            return F32Reference.multiply(lhs, biased(Weights.nByK(Matrix.of(weights, program.nr(), k))), min, max);
        }

        @Override
        int lhs(float[] row, int at) {
            return Float.floatToRawIntBits(row[from + at]);
        }

        @Override
        public int rhs(int column, int at) {
            return Float.floatToRawIntBits(weights[column * k + from + at]);
        }

        @Override
        public int earlier(int row, int column) {
            return from == 0 ? 0 : result[row * program.nr() + column];
        }

        @Override
        int besideBias(ColumnPart part, int column) {
            throw unexpected(part);
        }

        @Override
        public int ofRow(RowPart part, int row) {
            throw unexpected(part);
        }
    }
}
