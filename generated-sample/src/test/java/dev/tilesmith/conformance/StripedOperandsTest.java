package dev.tilesmith.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Results that lie between their rows, in one array or one segment: their bits are those of the reference, and between them
 * nothing is written, not even for a moment beyond the end of the memory.
 *
 * <p>{@code -Dproblems=N} asks for so many products of all families together, of which those in Java take fewer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StripedOperandsTest {
    private static final int PROBLEMS = Integer.getInteger("problems", Shapes.FEW ? 2_000 : 100_000);

    /** What is Java writes by the JVM's leave alone, and is slow until it is compiled. */
    private static final int FEWER_IN_JAVA = 10;

    private static final int ROWS = 15;
    private static final int COLUMNS = 70;
    private static final int[] WIDTHS = {COLUMNS, 64, 48, 37, 33, 32, 31, 17, 9, 5, 1};
    private static final int[] DEPTHS = {1, 13, 64};

    /** Bytes of the memory that operands share. */
    private static final int ROOM = 1 << 17;

    private final Map<FormatUnderTest, List<Case>> cases = new HashMap<>();
    private final GuardedMemory guarded = new GuardedMemory();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment atTheEnd = guarded.allocate(ROOM, GuardedMemory.Side.AFTER, arena);
    private final int families = (int) Formats.all().flatMap(Tested::families).count();

    static Stream<Tested> families() {
        return Formats.all().flatMap(Tested::families);
    }

    /** Products that the reference has computed once, of the most rows and columns. */
    private List<Case> cases(FormatUnderTest format) {
        return cases.computeIfAbsent(format, _ -> {
            final List<Case> all = new ArrayList<>();
            for (final int k : DEPTHS) {
                final Depth depth = format.depth(k);
                for (final int n : WIDTHS) {
                    all.add(Case.of(format, ROWS, n, depth, Samples.ORDINARY, Bounds.NONE));
                }
            }
            return all;
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void resultsBetweenTheirRowsAreThoseOfTheReference(Tested tested) {
        final List<Case> all = cases(tested.format());
        final List<PackedRhs> packed = all.stream()
                .map(wanted -> tested.kernel().packRhs(wanted.weights()))
                .toList();
        final boolean java = Families.isJava(tested.kernel().family().target());
        final int count = Math.max(1, PROBLEMS / families / (java ? FEWER_IN_JAVA : 1));
        for (int seed = 0; seed < count; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int chosen = random.nextInt(all.size());
            final Problem problem = new Problem(tested, all.get(chosen), random);
            problem.check(packed.get(chosen), seed);
        }
    }

    /** Rows that are longer than a cache, of which the sums of a part along K wait in the result. */
    @ParameterizedTest
    @MethodSource("families")
    void resultsOfPartsAlongKWaitBetweenTheirRows(Tested tested) {
        final Depth depth = tested.format().depth(1 << 12);
        if (tested.format().lhsElement() != Element.I8 && !depth.hasBlocks()) {
            final Case wanted =
                    Case.of(tested.format(), 2 * ROWS, 2 * tested.nr() + 3, depth, Samples.ORDINARY, Bounds.NONE);
            final PackedRhs packed = tested.kernel().packRhs(wanted.weights());
            new Problem(tested, wanted, new SplittableRandom(1), 2 * ROWS).check(packed, 1);
        }
    }

    /** A product whose rows and results take turns in one piece of memory. */
    private final class Problem {
        private final Tested tested;
        private final Case wanted;
        private final int rows;
        private final RunOptions options;
        private final int[] portion;
        private final boolean onHeap;
        private final long lhsAt;
        private final long lhsStride;
        private final long dstAt;
        private final long dstStride;
        private final long bytes;

        Problem(Tested tested, Case wanted, SplittableRandom random) {
            this(tested, wanted, random, random.nextInt(1, ROWS + 1));
        }

        Problem(Tested tested, Case wanted, SplittableRandom random, int rows) {
            this.tested = tested;
            this.wanted = wanted;
            this.rows = rows;
            final Element from = tested.format().lhsElement();
            final Element to = tested.format().dstElement();
            this.onHeap = from == to && random.nextBoolean();
            final int unit = Math.max(from.bytes(), to.bytes());
            final long lhsBytes = (long) wanted.lhs().columns() * from.bytes();
            final long dstBytes = (long) wanted.n() * to.bytes();
            final boolean rowsFirst = random.nextBoolean();
            // what lies between them: nothing, one element, or some
            final long between = gap(random, unit);
            final long first = rowsFirst ? lhsBytes : dstBytes;
            final long second = (first + between + unit - 1) / unit * unit;
            final long whole = second + (rowsFirst ? dstBytes : lhsBytes) + gap(random, unit);
            final long stride = (whole + unit - 1) / unit * unit;
            final long start = onHeap ? gap(random, unit) : random.nextInt(9);
            // every second piece may be left out of either
            final int apart = random.nextInt(4);
            this.lhsStride = stride * (apart == 1 ? 2 : 1);
            this.dstStride = stride * (apart == 2 ? 2 : 1);
            this.lhsAt = start + (rowsFirst ? 0 : second);
            this.dstAt = start + (rowsFirst ? second : 0);
            this.bytes = Math.max(lhsAt + (rows - 1) * lhsStride + lhsBytes, dstAt + (rows - 1) * dstStride + dstBytes);
            this.portion = portion(random);
            this.options = RunOptions.DEFAULT
                    .rows(portion[0], portion[1])
                    .columns(portion[2], portion[3])
                    .on(Runnable::run, random.nextInt(1, 3));
        }

        private static long gap(SplittableRandom random, int unit) {
            return switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> unit;
                default -> random.nextLong(40) * unit;
            };
        }

        /** All, as a rule; or a part, from a row and a column on. */
        private int[] portion(SplittableRandom random) {
            if (random.nextInt(3) != 0) {
                return new int[] {0, rows, 0, wanted.n()};
            }
            final int row = random.nextInt(rows);
            final int column = random.nextInt(wanted.n());
            return new int[] {row, random.nextInt(1, rows - row + 1), column, random.nextInt(1, wanted.n() - column + 1)
            };
        }

        void check(PackedRhs packed, long seed) {
            final MemorySegment memory = onHeap
                    ? tested.format()
                            .dstElement()
                            .array((int) bytes / tested.format().dstElement().bytes())
                    : bytes <= ROOM
                            ? atTheEnd.asSlice(ROOM - bytes)
                            : Arena.ofAuto().allocate(bytes);
            Element.fill(memory);
            copyRows(memory);
            final MemorySegment expected = Arena.ofAuto().allocate(bytes).copyFrom(memory);
            putResults(expected);
            final Matrix lhs = matrix(
                    memory,
                    tested.format().lhsElement(),
                    lhsAt,
                    lhsStride,
                    wanted.lhs().columns());
            final Matrix dst = matrix(memory, tested.format().dstElement(), dstAt, dstStride, wanted.n());
            tested.kernel().run(lhs, packed, dst, options);
            final long wrong = expected.mismatch(memory);
            assertEquals(-1, wrong, () -> tested + " " + wanted.name() + ", seed " + seed + ", " + this + where(wrong));
        }

        private Matrix matrix(MemorySegment memory, Element element, long at, long stride, int columns) {
            final MemorySegment slice = memory.asSlice(at);
            final long apart = stride / element.bytes();
            if (!onHeap) {
                return element.in(slice, 0, rows, columns, apart);
            }
            return switch (element) {
                case I8 -> Matrix.ofBytes(slice, 0, rows, columns, apart);
                case HALF -> Matrix.ofShorts(slice, 0, rows, columns, apart);
                case F32, I32 -> Matrix.of(slice, 0, rows, columns, apart);
            };
        }

        private void copyRows(MemorySegment memory) {
            final MemorySegment from = Element.storage(wanted.lhs());
            final long length =
                    (long) wanted.lhs().columns() * tested.format().lhsElement().bytes();
            for (int i = 0; i < rows; i++) {
                MemorySegment.copy(from, i * length, memory, lhsAt + i * lhsStride, length);
            }
        }

        private void putResults(MemorySegment expected) {
            final Element element = tested.format().dstElement();
            for (int i = portion[0]; i < portion[0] + portion[1]; i++) {
                for (int j = portion[2]; j < portion[2] + portion[3]; j++) {
                    element.put(
                            wanted.expected()[i * wanted.n() + j],
                            expected,
                            dstAt + i * dstStride + (long) j * element.bytes());
                }
            }
        }

        private String where(long at) {
            final long inRow = (at - dstAt) % dstStride;
            final boolean ofResult = at >= dstAt
                    && (at - dstAt) / dstStride < rows
                    && inRow < (long) wanted.n() * tested.format().dstElement().bytes();
            return ofResult
                    ? ": a result in row " + (at - dstAt) / dstStride + ", byte " + inRow
                    : ": byte " + at + ", which is none of a result";
        }

        @Override
        public String toString() {
            return (onHeap ? "an array" : "a segment") + ", " + rows + " rows from " + lhsAt + ", " + lhsStride
                    + " apart, results from " + dstAt + ", " + dstStride + " apart";
        }
    }
}
