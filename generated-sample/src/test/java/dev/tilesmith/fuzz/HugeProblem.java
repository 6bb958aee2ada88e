package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Depth;
import dev.tilesmith.conformance.Element;
import dev.tilesmith.conformance.FormatUnderTest.Bounds;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.PlainWeights;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.runtime.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Products with sizes near the ends of what ints are, of which a few rows and columns are asked for, in memory that costs
 * nothing until it is touched: the same bits as from the few alone.
 */
final class HugeProblem implements Problem {
    private static final int MOST_COLUMNS = 70;
    private static final int MOST_ROWS = 40;

    private final List<Subject> subjects;

    HugeProblem(List<Subject> subjects) {
        this.subjects = subjects;
    }

    @Override
    public void solve(Draw draw) throws Exception {
        final Subject subject = draw.note("kernel", draw.from(subjects));
        final int threads = draw.oneIn(3) ? draw.between(2, 4) : 1;
        final Crew crew = Crew.draw(draw);
        final Oracle oracle = new Oracle();
        try (Memory memory = new Memory(draw, oracle, threads > 1)) {
            final RunOptions on = threads == 1 ? RunOptions.DEFAULT : RunOptions.DEFAULT.on(crew.executor(), threads);
            oracle.judge(() -> new Huge(draw, memory, subject, on).solve());
        } catch (Crew.OwnException | Crew.OwnError _) {
            // the executor's failure is told to whoever gave it
        } finally {
            crew.settle();
        }
    }

    /** A stretch of rows or columns. */
    private record Range(int size, int first, int count) {
        /** Up to {@code most} of a few, or of as many as there can be. */
        static Range draw(Draw draw, String what, int most, boolean huge) {
            final int size = huge
                    ? draw.of(Integer.MAX_VALUE, Integer.MAX_VALUE - draw.below(70), (1 << 30) + draw.between(-70, 70))
                    : draw.between(1, most);
            final int count = draw.between(1, Math.min(size, most));
            final int first = draw.of(0, size - count, size - count, draw.below(size - count + 1));
            return draw.note(what, new Range(size, first, count));
        }
    }

    /** One product. */
    private static final class Huge {
        private final Draw draw;
        private final Memory memory;
        private final Subject subject;
        private final RunOptions on;
        private final PanelLayout layout;
        private final Range rows;
        private final Range columns;
        private final Depth depth;

        Huge(Draw draw, Memory memory, Subject subject, RunOptions on) {
            this.draw = draw;
            this.memory = memory;
            this.subject = subject;
            this.on = on;
            this.layout = subject.layout();
            final int which = draw.below(4);
            this.rows = Range.draw(draw, "rows", MOST_ROWS, which == 0 || which == 3);
            this.columns = Range.draw(draw, "columns", MOST_COLUMNS, which == 1);
            this.depth = draw.note("k", subject.depth(draw, draw.size(20)));
        }

        void solve() {
            final int firstPanel = columns.first() / layout.nr();
            final long end = (long) columns.first() + columns.count();
            final int panels = Math.toIntExact((end + layout.nr() - 1) / layout.nr() - firstPanel);
            final int start = firstPanel * layout.nr();
            final int few = (int) Math.min((long) panels * layout.nr(), (long) columns.size() - start);
            final Weights weights = weights(few);
            final PackedRhs packed = wide(subject.kernel().packRhs(weights, memory.arena()), firstPanel);
            final Element of = subject.format().lhsElement();
            final int k = depth.k();
            final MemorySegment dense = MemorySegment.ofArray(draw.bytes(rows.count() * k * of.bytes()));
            final Operand lhs = sparse(of, k);
            for (int row = 0; row < rows.count(); row++) {
                final long bytes = (long) k * of.bytes();
                MemorySegment.copy(dense, row * bytes, lhs.backing(), lhs.at(rows.first() + row, 0), bytes);
            }
            final Operand dst = sparse(subject.format().dstElement(), columns.size());
            subject.kernel()
                    .run(
                            lhs.view().get(),
                            packed,
                            dst.view().get(),
                            on.rows(rows.first(), rows.count()).columns(columns.first(), columns.count()));
            final int[] expected =
                    subject.format().multiply(Dense.of(of, dense, rows.count(), k), weights, Bounds.NONE);
            check(dst, expected, few, columns.first() - start);
        }

        /** Some that are not refused. */
        private Weights weights(int n) {
            while (true) {
                final Oracle oracle = new Oracle();
                try (Memory aside = new Memory(draw, oracle, false)) {
                    final Weights weights = new Sources(draw, oracle, aside, subject)
                            .make(n, depth)
                            .plain();
                    if (oracle.hasNoDoubt() && weights instanceof PlainWeights) {
                        return weights;
                    }
                }
            }
        }

        /** The panels of a few columns where they are among all. */
        private PackedRhs wide(PackedRhs few, int firstPanel) {
            final int k = depth.k();
            final int length = few.blockLength();
            final long panelBytes = layout.panelBytes(k, length);
            final MemorySegment data = memory.reserved(layout.bytes(columns.size(), k, length));
            if (layout.hasTable() && few.n() > 0) {
                data.copyFrom(few.data().asSlice(0, panelBytes)); // of which the first panel's table serves all
            }
            MemorySegment.copy(
                    few.data(), 0, data, firstPanel * panelBytes, few.data().byteSize());
            return new PackedPanels(layout, columns.size(), k, length, data);
        }

        /** Rows as far apart as they are long, or much farther. */
        private Operand sparse(Element element, int width) {
            final boolean far = rows.size() <= 3 && draw.oneIn(2);
            final long stride = far ? (1L << draw.between(28, 36)) + draw.between(0, 9) + width : width;
            draw.note("stride", stride);
            final MemorySegment data = memory.reserved(((rows.size() - 1) * stride + width) * element.bytes());
            return new Operand(
                    element,
                    data,
                    0,
                    stride * element.bytes(),
                    () -> new Matrix.Segment(data, element.bytes(), 0, rows.size(), width, stride));
        }

        private void check(Operand dst, int[] expected, int few, int skipped) {
            for (int i = 0; i < rows.count(); i++) {
                for (int j = 0; j < columns.count(); j++) {
                    final int wanted = expected[i * few + skipped + j];
                    final int found = dst.bits(rows.first() + i, columns.first() + j);
                    if (wanted != found) {
                        throw new Finding("row %d column %d is %s; the reference gives %s"
                                .formatted(
                                        i,
                                        j,
                                        dst.element().show(found),
                                        dst.element().show(wanted)));
                    }
                }
                checkZero(dst, dst.at(rows.first() + i, columns.first()) - 64, i);
                checkZero(
                        dst,
                        dst.at(rows.first() + i, columns.first() + columns.count() - 1)
                                + dst.element().bytes(),
                        i);
            }
        }

        /** Beside the columns that were asked for nothing was written. */
        private void checkZero(Operand dst, long from, int row) {
            final long begin = Math.max(dst.at(rows.first() + row, 0), from);
            final long end = Math.min(from + 64, dst.at(rows.first() + row, columns.size() - 1));
            for (long at = begin; at < end; at++) {
                if (dst.backing().get(ValueLayout.JAVA_BYTE, at) != 0) {
                    throw new Finding("byte " + at + " beside row " + row + " was written");
                }
            }
        }
    }
}
