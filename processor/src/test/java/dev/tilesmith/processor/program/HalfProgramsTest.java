package dev.tilesmith.processor.program;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.processor.program.Decoding.Addend;
import dev.tilesmith.processor.program.Decoding.Order;
import dev.tilesmith.processor.program.Decoding.Stored;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of weights of 16 bits mean what the reference says, before anything is lowered. */
final class HalfProgramsTest {
    private static Stored stored(Halves halves) {
        return switch (halves) {
            case F16 -> Stored.F16;
            case BF16 -> Stored.BF16;
        };
    }

    @ParameterizedTest
    @EnumSource
    void givesTheBitsOfTheReference(Halves halves) {
        for (final Product product : new Product[] {Product.FMA, Product.OUTER_FMA}) {
            final TileShape shape = new TileShape(4, 2, 4);
            final Contraction contraction = Contraction.floats(product, stored(halves));
            final Program program =
                    new Program(shape, contraction, Epilogues.ofFloats(shape, contraction, new Finish(true, true)));
            for (final int k : new int[] {0, 1, 2, 17}) {
                new HalfTile(program, k, halves).check();
            }
        }
    }

    @Test
    void nothingIsAddedToFloats() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Decoding(Stored.F16, Element.F32, Addend.PLUS_128, Order.PART_BY_PART));
    }

    /** f32 rows and weights of any finite bits. */
    private static final class HalfTile extends FloatTile<float[]> {
        private final Halves halves;
        private final short[] weights;

        HalfTile(Program program, int k, Halves halves) {
            super(program, k, row -> row);
            this.halves = halves;
            this.weights = new short[program.nr() * k];
            for (int i = 0; i < weights.length; i++) {
                final short any = (short) random.nextInt();
                weights[i] = Float.isFinite(halves.widen(any)) ? any : 1;
            }
        }

        @Override
        float[] expected(Matrix lhs, float min, float max) {
            final Matrix values = Matrix.of(weights, program.nr(), k);
            return F32Reference.multiply(lhs, biased(Weights.nByK(values, halves)), min, max);
        }

        @Override
        int lhs(float[] row, int at) {
            return Float.floatToRawIntBits(row[at]);
        }

        @Override
        public int rhs(int column, int at) {
            return weights[column * k + at];
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
