package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.conformance.FormatUnderTest.Refusal;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.DispatchTable;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Target;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for the kernels of every format: their results are, bit for bit, those of the reference. A test class of a
 * format names it, in each of its kinds; what the format is, a {@link FormatUnderTest} says.
 *
 * <p>A family's tiles differ in height, and each has code for every number of vectors; so each variant is given depths
 * of every kind at its own height, with widths that take turns; of machine code that is another format's, too, the tallest
 * alone. What is the driver's, the same for all tiles, each family is given once. The reference computes each product once,
 * for all kernels.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KernelConformance {
    private static final Bounds NONE = Bounds.NONE;

    /** First row, rows, first column, columns; of 17 rows and 70 columns. */
    private static final List<int[]> PORTIONS = List.of(
            new int[] {0, 17, 0, 70},
            new int[] {3, 5, 0, 70},
            new int[] {0, 17, 33, 4},
            new int[] {16, 1, 69, 1},
            new int[] {2, 9, 31, 34},
            new int[] {4, 0, 0, 9},
            new int[] {1, 3, 0, 48});

    private final List<FormatUnderTest> formats;
    private final Execution execution = new Execution();
    private final Map<FormatUnderTest, Corners> corners = new HashMap<>();
    private final Map<FormatUnderTest, List<Case>> shapes = new HashMap<>();
    private final Map<FormatUnderTest, List<Case>> hardest = new HashMap<>();
    private final Map<FormatUnderTest, List<Case>> bounded = new HashMap<>();
    private final Map<FormatUnderTest, Case> portioned = new HashMap<>();
    private final Map<FormatUnderTest, Case> threaded = new HashMap<>();

    KernelConformance(List<FormatUnderTest> formats) {
        this.formats = formats;
    }

    final Stream<FormatUnderTest> formats() {
        return formats.stream();
    }

    final Stream<Tested> families() {
        return formats().flatMap(Tested::families);
    }

    /** Families; where shapes are few, of each format the first: for what Java does alike before and after all machine code. */
    final Stream<Tested> oneFamilyOfEachFormat() {
        return Shapes.FEW ? formats().flatMap(format -> Tested.families(format).limit(1)) : families();
    }

    final Stream<Tested> variants() {
        return formats().flatMap(Tested::variants);
    }

    final Stream<DispatchTable<? extends MatMulKernel>> tables() {
        return formats().flatMap(format -> format.tables().stream());
    }

    /** At the variant's own height, and at one that takes two tiles, every depth, each width with some of them. */
    @ParameterizedTest
    @MethodSource("variants")
    void everyTileGivesTheBitsOfTheReference(Tested tested) {
        final List<Depth> depths = tested.format().depths();
        final List<Samples> all = tested.format().samples();
        int turn = tested.mr();
        for (final Depth depth : depths) {
            for (final Samples samples : all) {
                if (Shapes.isOwn(turn, depths.size() * all.size())) {
                    checkTile(tested, turn, depth, samples);
                }
                turn++;
            }
        }
    }

    private void checkTile(Tested tested, int turn, Depth depth, Samples samples) {
        final int[] widths = widths(tested.nr());
        final int m = turn % 4 == 0 ? tested.mr() + 1 : tested.mr();
        final Case wanted = corners(tested.format()).of(m, widths[turn % widths.length], depth, samples, NONE);
        final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
        execution.check(tested.kernel(), wanted, packed, Placement.BEFORE_A_GUARD);
        if (turn % 3 == 0) {
            execution.check(tested.kernel(), wanted, packed, Placement.BEHIND_A_GUARD);
        }
    }

    /** One to three panels, of the last of which every number of vectors is there, whole and in part. */
    private static int[] widths(int nr) {
        return Stream.of(
                        nr,
                        nr - 1,
                        2 * nr,
                        1,
                        2 * nr + 1,
                        nr / 8 + 1,
                        nr + nr / 4 + 1,
                        3 * nr - 1,
                        nr * 3 / 8 + 1,
                        nr + nr / 2,
                        nr * 5 / 8 + 1,
                        nr + nr * 3 / 4 + 1,
                        nr * 7 / 8)
                .mapToInt(n -> n)
                .distinct()
                .toArray();
    }

    private Corners corners(FormatUnderTest format) {
        return corners.computeIfAbsent(
                format,
                _ -> new Corners(
                        format,
                        Tested.families(format).mapToInt(Tested::mr).max().orElseThrow() + 1,
                        3 * Tested.families(format).mapToInt(Tested::nr).max().orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheBitsOfTheReferenceOnEveryShape(Tested tested) {
        for (final Case wanted : shapes.computeIfAbsent(tested.format(), KernelConformance::shapes)) {
            final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
            for (final Placement placement : Placement.values()) {
                execution.check(tested.kernel(), wanted, packed, placement);
            }
        }
    }

    private static List<Case> shapes(FormatUnderTest format) {
        return format.shapes().stream()
                .flatMap(shape -> format.samples().stream()
                        .map(samples -> Case.of(format, shape.m(), shape.n(), shape.depth(), samples, NONE)))
                .toList();
    }

    /** The largest sums, and what else the format's arithmetic has reason to fear. */
    @ParameterizedTest
    @MethodSource("families")
    void givesTheBitsOfTheReferenceOnTheHardestProducts(Tested tested) {
        final Function<FormatUnderTest, List<Case>> cases = format ->
                format.hardest().stream().map(each -> Case.of(format, each)).toList();
        for (final Case wanted : hardest.computeIfAbsent(tested.format(), cases)) {
            Execution.checkOnHeap(tested.kernel(), wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsResultsOrRefusesTo(Tested tested) {
        final FormatUnderTest format = tested.format();
        final MatMulKernel kernel = tested.kernel();
        final Function<FormatUnderTest, List<Case>> cases = _ -> format.bounds().stream()
                .map(bounds ->
                        Case.of(format, 9, 37, format.depth(3), format.samples().getLast(), bounds))
                .toList();
        for (final Case wanted : bounded.computeIfAbsent(format, cases)) {
            Execution.checkOnHeap(kernel, wanted);
        }
        final Matrix lhs = format.lhs(2, format.depth(3), Samples.ORDINARY);
        final PackedRhs packed = kernel.packRhs(format.weights(5, format.depth(3), Samples.ORDINARY));
        for (final Bounds refused : format.refusedBounds()) {
            final RunOptions options = RunOptions.DEFAULT.clamp(refused.low(), refused.high());
            final Matrix dst = format.dstElement().onHeap(2, 5, 5);
            assertThrows(
                    IllegalArgumentException.class, () -> kernel.run(lhs, packed, dst, options), refused::toString);
        }
    }

    /** Of rows that are further apart than they are long, and of results that are, too. */
    @ParameterizedTest
    @MethodSource("families")
    void computesAnyPortionAndLeavesTheRestAlone(Tested tested) {
        final int stride = 83;
        final Case all = portioned.computeIfAbsent(tested.format(), KernelConformance::apart);
        final PackedRhs packed = tested.kernel().packRhs(all.weights());
        for (final int[] portion : Shapes.of(PORTIONS, List.of(0, 1, 2, 3, 4, 5, 6), List.of(1, 4))) {
            final RunOptions options =
                    RunOptions.DEFAULT.rows(portion[0], portion[1]).columns(portion[2], portion[3]);
            for (final Placement placement : List.of(Placement.ARRAYS, Placement.BEFORE_A_GUARD)) {
                Bits.assertEqual(
                        all.dst(),
                        inPortion(all, portion, stride),
                        execution.run(tested.kernel(), all, packed, placement, stride, options),
                        stride,
                        tested + " " + Arrays.toString(portion) + " " + placement);
            }
        }
    }

    private static Case apart(FormatUnderTest format) {
        final Depth depth = format.depth(23);
        final int k = depth.k();
        final Matrix dense = format.lhs(19, new Depth(k + 6, 0), Samples.ORDINARY);
        final Matrix lhs =
                switch (dense) {
                    case Matrix.Floats floats -> Matrix.of(floats.data(), 2, 17, k, k + 6);
                    case Matrix.Shorts shorts -> Matrix.of(shorts.data(), 2, 17, k, k + 6);
                    case Matrix.Bytes bytes -> Matrix.of(bytes.data(), 2, 17, k, k + 6);
                    default -> throw new IllegalStateException(dense.toString());
                };
        return Case.of(format, "apart", lhs, format.weights(70, depth, Samples.ORDINARY), NONE);
    }

    private static int[] inPortion(Case all, int[] portion, int stride) {
        final int[] expected = new int[all.m() * stride];
        Arrays.fill(expected, all.dst().untouched());
        for (int i = portion[0]; i < portion[0] + portion[1]; i++) {
            System.arraycopy(all.expected(), i * all.n() + portion[2], expected, i * stride + portion[2], portion[3]);
        }
        return expected;
    }

    /** Of so much work that it is worth the waking of every thread. */
    @ParameterizedTest
    @MethodSource("families")
    void givesTheSameBitsOnAnyNumberOfThreads(Tested tested) {
        final Case wanted = threaded.computeIfAbsent(
                tested.format(), format -> Case.of(format, 65, 301, format.depth(140), Samples.ORDINARY, NONE));
        final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (final int threads : Shapes.FEW ? new int[] {3} : new int[] {1, 2, 3, 4, 5}) {
                final int[] actual = execution.run(
                        tested.kernel(),
                        wanted,
                        packed,
                        Placement.ARRAYS,
                        wanted.n(),
                        RunOptions.DEFAULT.on(pool, threads));
                Bits.assertEqual(
                        wanted.dst(), wanted.expected(), actual, wanted.n(), tested + " on " + threads + " threads");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void packsWeightsOfEveryKindAlike(Tested tested) {
        for (final List<Weights> alike : tested.format().alike()) {
            final PackedRhs expected = tested.kernel().packRhs(alike.getFirst());
            for (final Weights weights : alike) {
                final PackedRhs packed = tested.kernel().packRhs(weights);
                assertEquals(expected.blockLength(), packed.blockLength());
                assertEquals(-1, expected.data().mismatch(packed.data()), () -> tested + " " + weights);
            }
        }
    }

    /** Fails if packed weights of whole panels take one percent more than the bytes needed. */
    static void assertPackedInto(long needed, Tested tested, Weights weights) {
        final long taken = tested.kernel().packRhs(weights).data().byteSize();
        // panels are whole cache lines, which weighs on the narrow ones of Java
        final long most = needed + needed / 100 + 64L * weights.n() / tested.nr();
        assertTrue(taken <= most, tested + ": " + taken + " bytes; at most " + most);
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesWhatItCannotPack(Tested tested) {
        for (final Refusal refusal : tested.format().refusals()) {
            final IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> tested.kernel().packRhs(refusal.weights()),
                    () -> tested + " " + refusal.why());
            assertTrue(refused.getMessage().contains(refusal.why()), refused.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusesOperandsOfOtherKindsAndForeignWeights(Tested tested) {
        final FormatUnderTest format = tested.format();
        final MatMulKernel kernel = tested.kernel();
        final Depth depth = format.depth(3);
        final PackedRhs packed = kernel.packRhs(format.weights(5, depth, Samples.ORDINARY));
        final Matrix lhs = format.lhs(2, depth, Samples.ORDINARY);
        final Matrix dst = format.dstElement().onHeap(2, 5, 5);
        kernel.run(lhs, packed, dst);
        for (final Element element : Element.values()) {
            if (element != format.dstElement()) {
                assertRefused(kernel, lhs, packed, element.onHeap(2, 5, 5));
            }
            if (element != format.lhsElement()) {
                assertRefused(kernel, element.onHeap(2, depth.k(), depth.k()), packed, dst);
            }
        }
        final PackedRhs foreign = Stream.of(F32KernelKernels.best(), Int8KernelKernels.best())
                .map(other -> other.packRhs(new float[5 * depth.k()], 5, depth.k()))
                .filter(other -> !PackedPanels.of(other)
                        .layout()
                        .equals(PackedPanels.of(packed).layout()))
                .findFirst()
                .orElseThrow();
        assertRefused(kernel, lhs, foreign, dst);
    }

    private static void assertRefused(MatMulKernel kernel, Matrix lhs, PackedRhs rhs, Matrix dst) {
        assertThrows(IllegalArgumentException.class, () -> kernel.run(lhs, rhs, dst), kernel::toString);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theScalarFamilyRunsEverywhere(DispatchTable<? extends MatMulKernel> table) {
        assertTrue(table.usable().stream().anyMatch(kernel -> kernel.family().target() == Target.SCALAR));
    }
}
