package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and weights of 16 bits: every variant that runs here against the reference. */
final class HalfRowsConformanceTest extends KernelConformance {
    private static final int VALUES = HalfValues.COUNT;

    private final Map<Halves, float[]> sums = new EnumMap<>(Halves.class);

    HalfRowsConformanceTest() {
        super(Formats.HALF_ROWS);
    }

    private static Halves halves(Tested tested) {
        return ((HalfRowsFormat) tested.format()).halves();
    }

    private static PackedRhs one(Tested tested) {
        return tested.kernel()
                .packRhs(Weights.nByK(Matrix.of(new short[] {halves(tested).round(1f)}, 1, 1), halves(tested)));
    }

    /** Each of the 65,536 values times one is that value, of NaN a NaN; from an array, and from memory at an odd address. */
    @ParameterizedTest
    @MethodSource("oneFamilyOfEachFormat")
    void widensEveryValueExactly(Tested tested) {
        final Halves halves = halves(tested);
        final short[] values = new short[VALUES];
        final float[] expected = sums.computeIfAbsent(halves, HalfValues::sums);
        for (int i = 0; i < VALUES; i++) {
            values[i] = (short) i;
        }
        final float[] actual = new float[VALUES];
        tested.kernel().run(VALUES, values, one(tested), actual);
        Bits.assertEqual(expected, actual, 1, tested + " from an array");
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment odd = arena.allocate(1 + 2L * VALUES).asSlice(1);
            MemorySegment.copy(values, 0, odd, ValueLayout.JAVA_SHORT_UNALIGNED, 0, VALUES);
            final float[] again = new float[VALUES];
            tested.kernel().run(Matrix.ofShorts(odd, VALUES, 1), one(tested), Matrix.of(again, VALUES, 1));
            Bits.assertEqual(expected, again, 1, tested + " from a segment");
        }
    }

    /** Rows longer than what is widened at a time, and than a block of K: each value is there, once and in its place. */
    @ParameterizedTest
    @MethodSource("oneFamilyOfEachFormat")
    void widensLongRows(Tested tested) {
        final Halves halves = halves(tested);
        final int k = 70_001;
        final int m = tested.mr() + 1;
        final short[] rows = new short[m * k];
        final short[] weights = new short[k];
        for (int p = 0; p < k; p += 997) {
            weights[p] = halves.round(1f);
            for (int i = 0; i < m; i++) {
                rows[i * k + p] = halves.round(1f + i % 2);
            }
        }
        final PackedRhs packed = tested.kernel().packRhs(Weights.nByK(Matrix.of(weights, 1, k), halves));
        final float[] actual = new float[m];
        tested.kernel().run(m, rows, packed, actual);
        final int ones = k / 997 + 1;
        for (int i = 0; i < m; i++) {
            assertEquals(ones * (1f + i % 2), actual[i], tested + " row " + i);
        }
    }

    /** The message names the operand, what it is, and what would be right. */
    @ParameterizedTest
    @MethodSource("families")
    void saysWhichRowsItTakes(Tested tested) {
        final PackedRhs packed = one(tested);
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> tested.kernel().run(2, new float[2], packed, new float[2]));
        assertEquals(
                "lhs: 2 x 1 in a float[]; expected " + halves(tested) + ": a short[] or Matrix.ofShorts",
                refusal.getMessage());
    }
}
