package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.Images;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import dev.tilesmith.spec.Target;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for convolutions of every kind: the results of each family that runs here are, bit for bit, those of the reference. A test
 * class names its kernels and what they convolve. A family convolves with all of its tiles.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConvolutionConformance {
    private static final List<Placement> PLACEMENTS = List.of(Placement.values());

    private final List<Conv2dFormat> formats;
    private final Conv2dProblems problems;
    private final Execution execution = new Execution();
    private final Map<Conv2dFormat, List<Known>> cases = new HashMap<>();

    ConvolutionConformance(List<Conv2dFormat> formats, Conv2dProblems problems) {
        this.formats = List.copyOf(formats);
        this.problems = problems;
    }

    /** A convolution whose results are known. */
    @SuppressWarnings("ArrayRecordComponent") // shared by all kernels, and read alone
    private record Known(Conv2dProblem problem, Samples samples, Images src, Weights filters, int[] expected) {
        static Known of(Conv2dFormat format, Conv2dProblem problem, Samples samples, Bounds bounds) {
            final Images src = format.images(problem, samples);
            final Weights filters = format.filters(problem, samples);
            return new Known(problem, samples, src, filters, format.convolve(problem, src, filters, bounds));
        }

        int channels() {
            return problem.shape().outputChannels();
        }
    }

    /** A family, and what it convolves. */
    record UnderTest(Conv2dFormat format, Convolving kernel) {
        @Override
        public String toString() {
            return format + " " + kernel.family().variants().getLast();
        }
    }

    final Stream<UnderTest> families() {
        return formats.stream().flatMap(format -> format.families().map(kernel -> new UnderTest(format, kernel)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheBitsOfTheReferenceOnEveryShape(UnderTest tested) {
        int turn = 0;
        for (final Known wanted : cases.computeIfAbsent(tested.format(), this::cases)) {
            final Placement placement = PLACEMENTS.get(turn++ % PLACEMENTS.size());
            check(tested, wanted, placement, RunOptions.DEFAULT);
        }
    }

    private List<Known> cases(Conv2dFormat format) {
        return Stream.concat(problems.grid().stream(), problems.corners().stream())
                .flatMap(problem -> format.format().samples().stream()
                        .map(samples -> Known.of(format, problem, samples, Bounds.NONE)))
                .toList();
    }

    private void check(UnderTest tested, Known wanted, Placement placement, RunOptions options) {
        final int stride = wanted.channels() + wanted.problem().gap();
        Bits.assertEqual(
                tested.format().format().dstElement(),
                apart(tested, wanted, stride, 0, wanted.problem().results()),
                run(tested, wanted, placement, stride, options),
                stride,
                tested + " " + wanted.problem() + " " + wanted.samples() + " " + placement);
    }

    /** The results of some pixels, {@code stride} apart, and nothing between them. */
    private static int[] apart(UnderTest tested, Known wanted, int stride, int first, int count) {
        final int[] expected = new int[wanted.problem().results() * stride];
        Arrays.fill(expected, tested.format().format().dstElement().untouched());
        for (int i = first; i < first + count; i++) {
            System.arraycopy(wanted.expected(), i * wanted.channels(), expected, i * stride, wanted.channels());
        }
        return expected;
    }

    private int[] run(UnderTest tested, Known wanted, Placement placement, int stride, RunOptions options) {
        final Element element = tested.format().format().dstElement();
        final int rows = wanted.problem().results();
        try (Arena arena = Arena.ofConfined()) {
            final boolean onHeap = placement == Placement.ARRAYS;
            final Matrix src = wanted.src().pixels();
            final Matrix dst = onHeap
                    ? element.onHeap(rows, wanted.channels(), stride)
                    : execution.untouched(element, rows, wanted.channels(), stride, placement, arena);
            tested.kernel()
                    .convolve(
                            wanted.problem().shape(),
                            wanted.filters(),
                            wanted.problem().images(onHeap ? src : execution.copy(src, placement, arena)),
                            wanted.problem().results(dst),
                            options);
            return element.bits(dst);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsResults(UnderTest tested) {
        final Conv2dProblem problem = problems.corners().getLast();
        for (final Bounds bounds : tested.format().format().bounds()) {
            check(
                    tested,
                    Known.of(tested.format(), problem, Samples.ORDINARY, bounds),
                    Placement.ARRAYS,
                    RunOptions.DEFAULT.clamp(bounds.low(), bounds.high()));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void computesSomePixelsAndLeavesTheRestAlone(UnderTest tested) {
        final Conv2dProblem problem = problems.grid().getLast();
        final Known wanted = Known.of(tested.format(), problem, Samples.ORDINARY, Bounds.NONE);
        final int stride = wanted.channels() + 2;
        final int first = problem.results() / 3;
        final int count = problem.results() / 2;
        Bits.assertEqual(
                tested.format().format().dstElement(),
                apart(tested, wanted, stride, first, count),
                run(tested, wanted, Placement.BEFORE_A_GUARD, stride, RunOptions.DEFAULT.rows(first, count)),
                stride,
                tested + " " + problem + " from " + first);
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheSameBitsOnAnyNumberOfThreads(UnderTest tested) {
        final Known wanted = Known.of(tested.format(), problems.large(), Samples.ORDINARY, Bounds.NONE);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (final int threads : List.of(1, 3)) {
                check(tested, wanted, Placement.ARRAYS, RunOptions.DEFAULT.on(pool, threads));
            }
        }
    }

    /** What is held to the reference has NaN among its results, by infinities times padding for one, and numbers too. */
    @Test
    void notANumberIsAmongTheResults() {
        final Conv2dFormat floats = formats.getFirst();
        final Map<Boolean, Long> counts = problems.grid().stream()
                .map(problem -> Known.of(floats, problem, Samples.AWKWARD, Bounds.NONE))
                .flatMapToInt(known -> Arrays.stream(known.expected()))
                .boxed()
                .collect(Collectors.partitioningBy(
                        bits -> Float.isNaN(Float.intBitsToFloat(bits)), Collectors.counting()));
        assertFalse(counts.containsValue(0L), counts::toString);
    }

    @Test
    void theScalarFamilyRunsEverywhere() {
        for (final Conv2dFormat format : formats) {
            assertEquals(
                    1,
                    format.table().usable().stream()
                            .filter(kernel -> kernel.family().target() == Target.SCALAR)
                            .count(),
                    format::toString);
        }
    }
}
