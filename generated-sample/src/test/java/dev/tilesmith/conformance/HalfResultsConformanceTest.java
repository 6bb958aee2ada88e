package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tilesmith.reference.ActivationReference;
import dev.tilesmith.reference.F32Reference;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.runtime.Weights.Halves;
import dev.tilesmith.spec.Activation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows, weights and results of 16 bits: every variant that runs here against the reference. */
final class HalfResultsConformanceTest extends KernelConformance {
    private static final int SIGN = 0x8000;

    private final Map<Halves, List<Rounded>> roundings = new EnumMap<>(Halves.class);

    HalfResultsConformanceTest() {
        super(Formats.HALF_RESULTS);
    }

    /**
     * A value, and what it is rounded to.
     *
     * @param value of f32
     * @param bits the nearest 16 bits
     */
    private record Rounded(float value, short bits) {}

    private static Halves halves(Tested tested) {
        return ((HalfResultsFormat) tested.format()).halves();
    }

    final Stream<Tested> oneFamilyOfEachFormatWithBias() {
        return oneFamilyOfEachFormat().filter(tested -> !((HalfResultsFormat) tested.format()).bare());
    }

    /**
     * Between each two numbers that follow each other the one in the middle, those beside it, and those beside the ends; of both
     * signs. They come as biases of a sum that is zero.
     */
    @ParameterizedTest
    @MethodSource("oneFamilyOfEachFormatWithBias")
    void roundsToTheNearestTiesToEven(Tested tested) {
        final List<Rounded> all = roundings.computeIfAbsent(halves(tested), HalfResultsConformanceTest::roundings);
        final int n = all.size();
        final float[] biases = new float[n];
        final short[] expected = new short[n];
        for (int j = 0; j < n; j++) {
            biases[j] = all.get(j).value();
            expected[j] = all.get(j).bits();
        }
        final PackedRhs packed = tested.kernel()
                .packRhs(Weights.nByK(Matrix.of(new short[n], n, 1), halves(tested))
                        .withBias(biases));
        final short[] actual = new short[n];
        tested.kernel().run(1, new short[1], packed, actual);
        assertRounded(all, actual, tested + " to an array");
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment odd = arena.allocate(1 + 2L * n).asSlice(1);
            tested.kernel().run(Matrix.of(new short[1], 1, 1), packed, Matrix.ofShorts(odd, 1, n));
            assertEquals(-1, MemorySegment.ofArray(expected).mismatch(odd), tested + " to a segment");
        }
    }

    private static void assertRounded(List<Rounded> expected, short[] actual, String what) {
        for (int j = 0; j < actual.length; j++) {
            final Rounded wanted = expected.get(j);
            if (wanted.bits() != actual[j]) {
                throw new AssertionError("%s: %a is rounded to %04x; the nearest is %04x"
                        .formatted(what, wanted.value(), actual[j] & 0xffff, wanted.bits() & 0xffff));
            }
        }
    }

    private static List<Rounded> roundings(Halves halves) {
        final List<Rounded> all = new ArrayList<>();
        final int infinity = HalfValues.infinity(halves);
        for (int bits = 0; bits < infinity; bits++) {
            final float low = HalfValues.of(halves, bits);
            final float middle = (float) ((low + HalfValues.after(halves, bits)) / 2);
            final int even = bits + (bits & 1);
            addBoth(all, low, bits);
            addBoth(all, Math.nextUp(low), bits);
            addBoth(all, Math.nextDown(middle), bits);
            addBoth(all, middle, even);
            addBoth(all, Math.nextUp(middle), bits + 1);
        }
        addBoth(all, Float.MAX_VALUE, infinity);
        addBoth(all, Float.POSITIVE_INFINITY, infinity);
        final int nan = infinity | (Integer.lowestOneBit(infinity) / 2); // the quiet one, without a payload
        for (final int payload : new int[] {0x7fc0_0000, 0x7f80_0001, 0x7fff_ffff, 0xffc0_0000, 0xff80_0001, -1}) {
            all.add(new Rounded(Float.intBitsToFloat(payload), (short) nan));
        }
        return all;
    }

    /** A value and its negative; of zero itself, to which +0 is added before, none is. */
    private static void addBoth(List<Rounded> to, float value, int bits) {
        to.add(new Rounded(value, (short) bits));
        to.add(new Rounded(-value, (short) (value == 0f ? bits : bits | SIGN)));
    }

    static Stream<MatMulKernel> swishing() {
        return Families.of(F16ResultsHardSwishKernelKernels.table());
    }

    @ParameterizedTest
    @MethodSource("swishing")
    void appliesAFunctionBeforeRounding(MatMulKernel kernel) {
        final FormatUnderTest format = new HalfResultsFormat(Halves.F16, false);
        final Depth depth = format.depth(5);
        final Matrix lhs = format.lhs(9, depth, Samples.ORDINARY);
        final Weights weights = format.weights(37, depth, Samples.ORDINARY);
        final float[] products =
                F32Reference.multiply(lhs, Halves.F16, weights, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
        final float[] results = ActivationReference.results(Activation.HARD_SWISH, products, -0.1f, 2.5f);
        final int[] expected = new int[results.length];
        Arrays.setAll(expected, i -> Halves.F16.round(results[i]));
        final Matrix dst = Element.HALF.onHeap(9, 37, 37);
        kernel.run(lhs, kernel.packRhs(weights), dst, RunOptions.DEFAULT.clamp(-0.1f, 2.5f));
        Bits.assertEqual(Element.HALF, expected, Element.HALF.bits(dst), 37, Execution.name(kernel));
    }

    /** The message names the operand, what it is, and what would be right. */
    @ParameterizedTest
    @MethodSource("families")
    void saysWhichResultsItHas(Tested tested) {
        final PackedRhs packed = tested.kernel().packRhs(Weights.nByK(Matrix.of(new short[1], 1, 1), halves(tested)));
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> tested.kernel().run(2, new short[2], packed, new float[2]));
        assertEquals(
                "dst: 2 x 1 in a float[]; expected " + halves(tested) + ": a short[] or Matrix.ofShorts",
                refusal.getMessage());
    }
}
