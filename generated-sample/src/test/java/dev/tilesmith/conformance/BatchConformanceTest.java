package dev.tilesmith.conformance;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.RunOptions;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products in pairs: every family that runs here against the reference, with all of its tiles. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BatchConformanceTest {
    private static final List<Placement> PLACEMENTS = List.of(Placement.values());

    private final Execution execution = new Execution();
    private final Map<BatchFormat, List<Known>> cases = new HashMap<>();
    private final Map<BatchFormat, Map<Bounds, Known>> bounded = new HashMap<>();
    private final Map<BatchFormat, List<Known>> large = new HashMap<>();

    /** Pairs whose products are known. */
    private record Known(
            BatchProblem problem, Samples samples, MatrixBatch lhs, MatrixBatch rhs, List<int[]> expected) {
        static Known of(BatchFormat format, BatchProblem problem, Samples samples, Bounds bounds) {
            final MatrixBatch lhs = problem.lhs(format.format(), samples);
            final MatrixBatch rhs = problem.rhs(format.format(), samples);
            return new Known(problem, samples, lhs, rhs, format.multiply(lhs, rhs, problem.counts(), bounds));
        }
    }

    /** A family, and what it multiplies. */
    record Multiplying(BatchFormat format, BatchMatMulKernel kernel) {
        @Override
        public String toString() {
            return format + " " + kernel.family().variants().getLast();
        }
    }

    static Stream<Multiplying> families() {
        return BatchFormat.all().stream()
                .flatMap(format -> Families.pairing(format.table()).map(kernel -> new Multiplying(format, kernel)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheBitsOfTheReferenceForEveryPair(Multiplying tested) {
        int turn = 0;
        for (final Known wanted : cases.computeIfAbsent(tested.format(), BatchConformanceTest::cases)) {
            check(tested, wanted, PLACEMENTS.get(turn++ % PLACEMENTS.size()), RunOptions.DEFAULT);
        }
    }

    private static List<Known> cases(BatchFormat format) {
        final List<Known> cases = new ArrayList<>();
        for (final BatchProblem problem : BatchProblem.all()) {
            for (final Samples samples : format.samples()) {
                cases.add(Known.of(format, problem, samples, Bounds.NONE));
            }
        }
        return cases;
    }

    /** Results lie one after the other, or side by side with a column between them that is nobody's. */
    private void check(Multiplying tested, Known wanted, Placement placement, RunOptions options) {
        final BatchProblem problem = wanted.problem();
        final Element element = tested.format().format().dstElement();
        final int size = BatchProblem.size(problem.counts());
        final boolean sideBySide = size % 2 == 1;
        final int places = Math.max(1, size);
        final int rows = sideBySide ? problem.m() : places * problem.m();
        final int stride = sideBySide ? places * (problem.n() + 1) : problem.n() + 1;
        try (Arena arena = Arena.ofConfined()) {
            final Matrix all = placement == Placement.ARRAYS
                    ? element.onHeap(rows, stride, stride)
                    : execution.untouched(element, rows, stride, stride, placement, arena);
            final long apart = sideBySide ? problem.n() + 1 : (long) problem.m() * stride;
            final MatrixBatch dst = BatchProblem.over(all, problem.m(), problem.n(), problem.counts(), apart);
            tested.kernel()
                    .run(placed(wanted.lhs(), placement, arena), placed(wanted.rhs(), placement, arena), dst, options);
            final int[] expected = new int[rows * stride];
            Arrays.fill(expected, element.untouched());
            for (int index = 0; index < size; index++) {
                for (int i = 0; i < problem.m(); i++) {
                    System.arraycopy(
                            wanted.expected().get(index),
                            i * problem.n(),
                            expected,
                            (int) dst.offsetOf(index) + i * stride,
                            problem.n());
                }
            }
            Bits.assertEqual(
                    element, expected, element.bits(all), stride, tested + " " + problem + " " + wanted.samples());
        }
    }

    private MatrixBatch placed(MatrixBatch operand, Placement placement, Arena arena) {
        return placement == Placement.ARRAYS
                ? operand
                : new MatrixBatch(
                        execution.copy(operand.first(), placement, arena),
                        operand.counts(),
                        operand.strides(),
                        operand.orientation());
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsResults(Multiplying tested) {
        bounded.computeIfAbsent(tested.format(), BatchConformanceTest::bounded)
                .forEach((bounds, wanted) ->
                        check(tested, wanted, Placement.ARRAYS, RunOptions.DEFAULT.clamp(bounds.low(), bounds.high())));
    }

    private static Map<Bounds, Known> bounded(BatchFormat format) {
        return format.format().bounds().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        bounds -> Known.of(format, BatchProblem.several(), Samples.ORDINARY, bounds)));
    }

    @ParameterizedTest
    @MethodSource("families")
    void givesTheSameBitsOnAnyNumberOfThreads(Multiplying tested) {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            for (final Known wanted : large.computeIfAbsent(tested.format(), BatchConformanceTest::large)) {
                for (final int threads : List.of(1, 3)) {
                    check(tested, wanted, Placement.ARRAYS, RunOptions.DEFAULT.on(pool, threads));
                }
            }
        }
    }

    private static List<Known> large(BatchFormat format) {
        return BatchProblem.large().stream()
                .map(problem -> Known.of(format, problem, Samples.ORDINARY, Bounds.NONE))
                .toList();
    }
}
