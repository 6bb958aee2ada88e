package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** f32 rows, weights of 16 bits: every variant that runs here against the reference. */
final class HalfConformanceTest extends KernelConformance {
    private static final int VALUES = HalfValues.COUNT;

    private final Map<Halves, float[]> sums = new EnumMap<>(Halves.class);

    HalfConformanceTest() {
        super(Formats.HALVES);
    }

    /** Each of the 65,536 values times one is that value, of NaN a NaN; by every tile. */
    @ParameterizedTest
    @MethodSource("variants")
    void widensEveryValueExactly(Tested tested) {
        final Halves halves = ((HalfFormat) tested.format()).halves();
        final short[] values = new short[VALUES];
        final float[] expected = sums.computeIfAbsent(halves, HalfValues::sums);
        for (int i = 0; i < VALUES; i++) {
            values[i] = (short) i;
        }
        final PackedRhs packed = tested.kernel().packRhs(Weights.nByK(Matrix.of(values, VALUES, 1), halves));
        final float[] ones = new float[tested.mr()];
        Arrays.fill(ones, 1f);
        final float[] actual = new float[tested.mr() * VALUES];
        tested.kernel().run(Matrix.of(ones, tested.mr(), 1), packed, Matrix.of(actual, tested.mr(), VALUES));
        for (int row = 0; row < tested.mr(); row++) {
            Bits.assertEqual(
                    expected,
                    Arrays.copyOfRange(actual, row * VALUES, (row + 1) * VALUES),
                    VALUES,
                    tested + " row " + row);
        }
    }

    /** Panels have 16 bits to a value. */
    @ParameterizedTest
    @MethodSource("families")
    void panelsAreHalfAsLargeAsThoseOfF32(Tested tested) {
        final int n = 2 * tested.nr();
        final int k = 300;
        final Weights weights =
                Weights.nByK(Matrix.of(new short[n * k], n, k), ((HalfFormat) tested.format()).halves());
        assertPackedInto((long) n * k * Short.BYTES + (long) n * Float.BYTES, tested, weights);
        assertEquals(
                Short.SIZE,
                PackedPanels.of(tested.kernel().packRhs(weights))
                        .layout()
                        .weights()
                        .stored()
                        .bits());
    }
}
