package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.MatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Portions of products of any size, to the largest that ints and addresses can say, are those of small products, and
 * nothing beside them is written. {@code -Dproblems=N} asks for N random problems in all, {@code -Dproblem=SEED} for one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HugeProductTest {
    private static final int PROBLEMS = Integer.getInteger("problems", 100_000);

    /** Elements beside the portion's part of a row that are looked at. */
    private static final int BESIDE = 70;

    private final SparseMemory lhs = SparseMemory.ofSmallPages();
    private final SparseMemory rhs = SparseMemory.ofSmallPages();
    private final SparseMemory dst = SparseMemory.ofSmallPages();
    private final int families = (int) families().count();

    static Stream<Tested> families() {
        return Formats.all().flatMap(Tested::families);
    }

    @AfterEach
    void forget() {
        lhs.forget();
        rhs.forget();
        dst.forget();
    }

    @AfterAll
    void unmap() {
        lhs.close();
        rhs.close();
        dst.close();
    }

    @ParameterizedTest
    @MethodSource("families")
    void portionsOfHugeProductsAreThoseOfSmallOnes(Tested tested) {
        final Long one = Long.getLong("problem");
        final long first = one == null ? (long) tested.toString().hashCode() << Integer.SIZE : one;
        final long end = first + (one == null ? Math.ceilDiv(PROBLEMS, families) : 1);
        for (long seed = first; seed < end; seed++) {
            final HugeProduct problem = HugeProduct.draw(tested, new SplittableRandom(seed));
            try {
                check(tested, problem);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(tested + " -Dproblem=" + seed + ": " + problem + ": " + e.getMessage(), e);
            }
            if (seed % 256 == 255) {
                forget();
            }
        }
    }

    private void check(Tested tested, HugeProduct problem) {
        final FormatUnderTest format = tested.format();
        final MatMulKernel kernel = tested.kernel();
        final int width = problem.columnsOfPanels(tested.nr());
        final Matrix rows = format.lhs(problem.rows(), problem.depth(), Samples.ORDINARY);
        final PackedRhs panels = kernel.packRhs(format.weights(width, problem.depth(), Samples.ORDINARY));
        final Matrix small = format.dstElement().onHeap(problem.rows(), width, width);
        kernel.run(rows, panels, small, RunOptions.DEFAULT);

        clear(format.dstElement(), problem);
        kernel.run(
                spread(format.lhsElement(), problem, rows),
                spread(problem, panels),
                result(format.dstElement(), problem),
                problem.options());
        assertResult(format.dstElement(), problem, format.dstElement().bits(small), width, tested.nr());
    }

    /** The rows of the portion, among those of a huge matrix. */
    private Matrix spread(Element element, HugeProduct problem, Matrix rows) {
        final HugeProduct.Place place = problem.lhs();
        final int k = problem.depth().k();
        final MemorySegment from = Element.storage(rows);
        for (int i = 0; i < problem.rows(); i++) {
            final long to = place.offset() + (problem.firstRow() + i) * place.stride();
            MemorySegment.copy(
                    from,
                    (long) i * k * element.bytes(),
                    lhs.memory(),
                    to * element.bytes(),
                    (long) k * element.bytes());
        }
        // rows of nothing need no memory, wherever they would be
        final MemorySegment memory = k == 0 ? lhs.memory().asSlice(0, 0) : lhs.memory();
        return element.in(memory, place.offset(), problem.m(), k, place.stride());
    }

    /** The panels of the portion, among those of huge weights; and the first, which has the table of weights of two bits. */
    private PackedRhs spread(HugeProduct problem, PackedRhs panels) {
        final PanelLayout layout = PackedPanels.of(panels).layout();
        final long panelBytes = layout.panelBytes(panels.k(), panels.blockLength());
        final MemorySegment all = rhs.memory().asSlice(0, layout.bytes(problem.n(), panels.k(), panels.blockLength()));
        all.copyFrom(panels.data().asSlice(0, panelBytes));
        all.asSlice(problem.firstPanel(layout.nr()) * panelBytes).copyFrom(panels.data());
        return new PackedPanels(layout, problem.n(), panels.k(), panels.blockLength(), all);
    }

    private Matrix result(Element element, HugeProduct problem) {
        final HugeProduct.Place place = problem.dst();
        return element.in(dst.memory(), place.offset(), problem.m(), problem.n(), place.stride());
    }

    /** What is looked at of a row of the result, in elements from the start. */
    private static long from(HugeProduct problem, int row) {
        return Math.max(0, problem.dst().offset() + row * problem.dst().stride() + problem.firstColumn() - BESIDE);
    }

    private MemorySegment window(Element element, HugeProduct problem, int row) {
        final long count = problem.columns() + 2L * BESIDE;
        return dst.memory().asSlice(from(problem, row) * element.bytes(), count * element.bytes());
    }

    private void clear(Element element, HugeProduct problem) {
        for (int row = problem.firstRow(); row < problem.endRow(); row++) {
            Element.fill(window(element, problem, row));
        }
    }

    private void assertResult(Element element, HugeProduct problem, int[] expected, int width, int nr) {
        final int skipped = problem.firstColumn() - problem.firstPanel(nr) * nr;
        for (int row = problem.firstRow(); row < problem.endRow(); row++) {
            final MemorySegment window = window(element, problem, row);
            final int[] found = element.bits(element.in(window, 0, 1, 1, 1));
            final long from = from(problem, row);
            final long start = problem.dst().offset() + row * problem.dst().stride() + problem.firstColumn();
            final int at = (int) (start - from);
            final int i = (row - problem.firstRow()) * width + skipped;
            assertArrayEquals(
                    Arrays.copyOfRange(expected, i, i + problem.columns()),
                    Arrays.copyOfRange(found, at, at + problem.columns()),
                    "row " + row);
            for (int j = 0; j < found.length; j++) {
                if (!problem.asksFor(from + j)) {
                    assertEquals(element.untouched(), found[j], "row " + row + ", beside the portion");
                }
            }
        }
    }

    /** Rows of nothing, in arrays too, wherever they would be: results are biases, or what sums begin with. */
    @ParameterizedTest
    @MethodSource("families")
    void rowsOfNothingLieAnywhere(Tested tested) {
        final FormatUnderTest format = tested.format();
        final int m = tested.mr() + 3;
        final int n = tested.nr() + 5;
        final Depth depth = format.depth(0);
        final PackedRhs packed = tested.kernel().packRhs(format.weights(n, depth, Samples.ORDINARY));
        final Matrix expected = format.dstElement().onHeap(m, n, n);
        tested.kernel().run(format.lhs(m, depth, Samples.ORDINARY), packed, expected);
        for (final int offset : new int[] {0, 3, Integer.MAX_VALUE}) {
            for (final int stride : new int[] {0, 1, 100, Integer.MAX_VALUE}) {
                final Matrix actual = format.dstElement().onHeap(m, n, n);
                tested.kernel().run(nothing(format.lhsElement(), m, offset, stride), packed, actual);
                assertArrayEquals(
                        format.dstElement().bits(expected), format.dstElement().bits(actual));
            }
        }
    }

    private static Matrix nothing(Element element, int m, int offset, int stride) {
        return switch (element) {
            case F32 -> Matrix.of(new float[0], offset, m, 0, stride);
            case HALF -> Matrix.of(new short[0], offset, m, 0, stride);
            case I8 -> Matrix.of(new byte[0], offset, m, 0, stride);
            case I32 -> Matrix.of(new int[0], offset, m, 0, stride);
        };
    }

    /** Portions that a product does not have, by arithmetic that wraps around nowhere. */
    @ParameterizedTest
    @MethodSource("families")
    void portionsBeyondTheProductAreRefused(Tested tested) {
        final FormatUnderTest format = tested.format();
        final Depth depth = format.depth(0);
        final int n = Integer.MAX_VALUE;
        final PackedRhs panels = tested.kernel().packRhs(format.weights(1, depth, Samples.ORDINARY));
        final MemorySegment all =
                rhs.memory().asSlice(0, PackedPanels.of(panels).layout().bytes(n, panels.k(), panels.blockLength()));
        final PackedRhs packed =
                new PackedPanels(PackedPanels.of(panels).layout(), n, panels.k(), panels.blockLength(), all);
        final Matrix rows = format.lhsElement().in(lhs.memory(), 0, 3, 0, 0);
        final Matrix to = format.dstElement().in(dst.memory(), 0, 3, n, n);
        final int[] counts = {1, 2, 31, 1 << 30, n - 1, n};
        for (final int first : new int[] {0, 1, 3, 4, 1 << 30, n - 31, n - 1, n}) {
            for (final int count : counts) {
                if ((long) first + count > n) {
                    assertRefused(
                            tested.kernel(), rows, packed, to, RunOptions.DEFAULT.columns(first, count), "columns");
                }
                if ((long) first + count > 3) {
                    assertRefused(tested.kernel(), rows, packed, to, RunOptions.DEFAULT.rows(first, count), "rows");
                }
            }
        }
    }

    private static void assertRefused(
            MatMulKernel kernel, Matrix lhs, PackedRhs rhs, Matrix dst, RunOptions options, String what) {
        final String message = assertThrows(IllegalArgumentException.class, () -> kernel.run(lhs, rhs, dst, options))
                .getMessage();
        assertTrue(message.matches(what + ": -?\\d+ from \\d+; the output has \\d+ " + what), message);
    }
}
