package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Variant;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations: of each kind of epilogue one as all kernels are tested, and of f32 each that there is on results of every kind. */
final class ActivationConformanceTest extends KernelConformance {
    private static final ActivatedFormat HARD_SWISH =
            new ActivatedFormat(new F32Format(false), Activation.HARD_SWISH, HardSwishKernelKernels.table());

    /** Those of f32: each activation. */
    private static final List<ActivatedFormat> FLOATS = List.of(
            new ActivatedFormat(new F32Format(true), Activation.RELU, ReluKernelKernels.table()),
            new ActivatedFormat(new F32Format(false), Activation.RELU6, Relu6KernelKernels.table()),
            HARD_SWISH,
            new ActivatedFormat(new F32Format(true), Activation.SILU, SiluKernelKernels.table()),
            new ActivatedFormat(new F32Format(false), Activation.GELU, GeluKernelKernels.table()),
            new ActivatedFormat(new F32Format(false), Activation.GELU_TANH, GeluTanhKernelKernels.table()));

    private final Map<ActivatedFormat, Case> everyKind = new HashMap<>();
    private final Map<ActivatedFormat, Case> longest = new HashMap<>();

    ActivationConformanceTest() {
        super(List.of(
                HARD_SWISH,
                new ActivatedFormat(new Int8Format(false), Activation.GELU, Int8GeluKernelKernels.table()),
                new ActivatedFormat(
                        new Int4Format(Int4Format.Kind.BLOCKS), Activation.SILU, Int4SiluKernelKernels.table()),
                new ActivatedFormat(
                        new PairedFormat(PairedFormat.Kind.INT4_WITH_MINS),
                        Activation.GELU_TANH,
                        MinsGeluTanhKernelKernels.table())));
    }

    /** A variant of a kernel of f32 with an activation. */
    record Activated(ActivatedFormat format, DispatchTable<? extends MatMulKernel> table, Variant variant) {
        @Override
        public String toString() {
            return format + " " + variant;
        }
    }

    static Stream<Activated> ofFloats() {
        return FLOATS.stream().flatMap(format -> format.tables().stream().flatMap(table -> Families.of(table)
                .flatMap(family -> family.family().variants().stream())
                .map(variant -> new Activated(format, table, variant))));
    }

    @Test
    void everyActivationIsTested() {
        assertEquals(
                EnumSet.complementOf(EnumSet.of(Activation.NONE)),
                FLOATS.stream().map(ActivatedFormat::activation).collect(Collectors.toSet()));
    }

    /** Results of all exponents, on both sides of where formulas change, zeros, infinities, NaN. */
    @ParameterizedTest
    @MethodSource("ofFloats")
    void givesTheBitsOfTheReferenceForResultsOfEveryKind(Activated activated) {
        Execution.checkOnHeap(
                activated.table().kernel(activated.variant().name()),
                everyKind.computeIfAbsent(activated.format(), ActivationConformanceTest::everyKind));
    }

    /** Products of one value and another; -0 is what is left of a product that is too small. */
    private static Case everyKind(ActivatedFormat format) {
        final float[] rows = new float[61];
        final float[] columns = new float[67];
        final SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i < 4 ? new float[] {1f, -1f, 1e-30f, Float.MAX_VALUE}[i] : (float) random.nextDouble(-9, 9);
        }
        final float[] first = {
            1f, 3f, 6f, Math.nextUp(3f), Math.nextDown(3f), 1e-30f, Float.POSITIVE_INFINITY, Float.NaN, 0f
        };
        for (int j = 0; j < columns.length; j++) {
            columns[j] = j < first.length ? first[j] : Float.intBitsToFloat(random.nextInt());
        }
        return Case.of(
                format,
                "results of every kind",
                Matrix.of(rows, rows.length, 1),
                Weights.nByK(Matrix.of(columns, columns.length, 1)),
                Bounds.NONE);
    }

    /** Where K is cut into parts, sums are not activated before the last. */
    @ParameterizedTest
    @MethodSource("ofFloats")
    void sumsThatAreNotCompleteAreLeftAlone(Activated activated) {
        final Case wanted = longest.computeIfAbsent(
                activated.format(),
                format -> Case.of(format, 33, 41, format.depth(515), Samples.ORDINARY, Bounds.NONE));
        Tuning tuning = Tuning.of(activated.variant().target());
        for (final Knob knob : Knob.values()) {
            tuning = tuning.with(knob, knob.least());
        }
        final MatMulKernel kernel = activated.table().kernel(activated.variant(), tuning);
        final PackedRhs packed = kernel.packRhs(wanted.weights());
        final int[] actual = Execution.onHeap(kernel, wanted, packed, wanted.n(), RunOptions.DEFAULT);
        Bits.assertEqual(wanted.dst(), wanted.expected(), actual, wanted.n(), activated.toString());
    }

    @Test
    void theTableNamesTheActivation() {
        final String explanation = HardSwishKernelKernels.table().explain();
        assertTrue(explanation.contains("activation: HARD_SWISH, x * min(max(x + 3, 0), 6) / 6"), explanation);
    }

    /** Packed weights know nothing of what is applied to results. */
    @Test
    void packedWeightsAreThoseOfOtherActivations() {
        final F32Format format = new F32Format(false);
        final Weights weights = format.weights(37, format.depth(23), Samples.ORDINARY);
        final Matrix lhs = format.lhs(5, format.depth(23), Samples.ORDINARY);
        final PackedRhs packed = F32KernelKernels.best().packRhs(weights);
        final Case wanted = Case.of(HARD_SWISH, "packed for another kernel", lhs, weights, Bounds.NONE);
        final int[] actual =
                Execution.onHeap(HardSwishKernelKernels.best(), wanted, packed, wanted.n(), RunOptions.DEFAULT);
        Bits.assertEqual(wanted.dst(), wanted.expected(), actual, wanted.n(), wanted.name());
    }
}
