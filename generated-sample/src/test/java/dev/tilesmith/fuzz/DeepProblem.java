package dev.tilesmith.fuzz;

import dev.tilesmith.conformance.Element;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.PackedRhs;
import dev.tilesmith.runtime.RunOptions;
import java.util.List;

/** Sums as long as ints can say, of which none is asked for: nothing is computed, and nothing overflows. */
final class DeepProblem implements Problem {
    private static final int MOST_OF_INT8 = 65_793;
    private static final int MOST_OF_INT4 = 1_052_688;

    private final List<Subject> subjects;

    DeepProblem(List<Subject> subjects) {
        this.subjects = subjects;
    }

    /** What is left of a product. */
    private enum Empty {
        NO_ROWS,
        NO_COLUMNS,
        NO_ROWS_WANTED,
        NO_COLUMNS_WANTED
    }

    /** The longest sums of a layout. */
    static int longest(PanelLayout layout) {
        return switch (layout.format()) {
            case QSI8CX, QSU2CX -> MOST_OF_INT8;
            case QSI4CX -> MOST_OF_INT4;
            default -> Integer.MAX_VALUE;
        };
    }

    @Override
    public void solve(Draw draw) {
        final Subject subject = draw.note("kernel", draw.from(subjects));
        final PanelLayout layout = subject.layout();
        final int length = layout.hasBlocks() ? 32 : 1;
        final int any = draw.of(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE - draw.below(99),
                600_000_000,
                1 << 30,
                MOST_OF_INT8,
                MOST_OF_INT8 + 1);
        final int k = draw.note("k", any / length * length);
        final Empty empty = draw.note("empty", draw.of(Empty.values()));
        final int m = empty == Empty.NO_ROWS ? 0 : draw.between(1, 3);
        final int n = empty == Empty.NO_COLUMNS ? 0 : draw.between(1, 40);
        final Oracle oracle = new Oracle();
        if (k > longest(layout)) {
            oracle.fault("k", k);
        }
        if (layout.hasBlocks()) {
            oracle.doubt("lhs", k); // which families in Java hold in arrays
        }
        final RunOptions options =
                switch (empty) {
                    case NO_ROWS, NO_COLUMNS -> RunOptions.DEFAULT;
                    case NO_ROWS_WANTED -> RunOptions.DEFAULT.rows(draw.below(m + 1), 0);
                    case NO_COLUMNS_WANTED -> RunOptions.DEFAULT.columns(draw.below(n + 1), 0);
                };
        try (Memory memory = new Memory(draw, oracle, false)) {
            oracle.judge(() -> {
                final int blockLength = layout.hasBlocks() ? 32 : k;
                final PackedRhs packed =
                        new PackedPanels(layout, n, k, blockLength, memory.reserved(layout.bytes(n, k, blockLength)));
                subject.kernel()
                        .run(
                                matrix(memory, subject.format().lhsElement(), m, k),
                                packed,
                                matrix(memory, subject.format().dstElement(), m, n),
                                options);
            });
        }
    }

    private static Matrix matrix(Memory memory, Element element, int rows, int columns) {
        final long bytes = (long) rows * columns * element.bytes();
        return new Matrix.Segment(memory.reserved(bytes), element.bytes(), 0, rows, columns, columns);
    }
}
