package dev.tilesmith.conformance;

import dev.tilesmith.runtime.RunOptions;
import java.util.SplittableRandom;

/**
 * A portion of a product of any size, whose operands lie anywhere: up to as many rows and columns as an int counts, and as
 * far apart as there are addresses for.
 *
 * @param m rows of the product
 * @param n columns
 * @param depth values along K, few
 * @param firstRow first row of the portion
 * @param rows its rows, few
 * @param firstColumn first column of the portion
 * @param columns its columns, few
 * @param lhs where rows of the left operand lie
 * @param dst where rows of the result lie
 * @param threads how many may be used
 */
record HugeProduct(
        int m,
        int n,
        Depth depth,
        int firstRow,
        int rows,
        int firstColumn,
        int columns,
        Place lhs,
        Place dst,
        int threads) {
    private static final int PANELS = 3;
    private static final int TILES = 3;

    /**
     * Where rows lie.
     *
     * @param offset elements to the first
     * @param stride elements from one to the next
     */
    record Place(long offset, long stride) {}

    /** A problem for a kernel. */
    static HugeProduct draw(Tested tested, SplittableRandom random) {
        final boolean large = random.nextInt(100) == 0; // for several threads
        final Depth depth = tested.format().depth(random.nextInt(large ? 300 : 70));
        final long elements = SparseMemory.BYTES / Float.BYTES / 2;
        int n = count(random);
        int m = count(random);
        if ((long) m * n > elements / 2) {
            if (random.nextBoolean()) {
                m = (int) (elements / 2 / n);
            } else {
                n = (int) (elements / 2 / m);
            }
        }
        final int rows = 1 + random.nextInt(Math.min(m, large ? 64 : TILES * tested.mr()));
        final int columns = 1 + random.nextInt(Math.min(n, large ? 512 : PANELS * tested.nr()));
        return new HugeProduct(
                m,
                n,
                depth,
                first(random, m - rows),
                rows,
                first(random, n - columns),
                columns,
                place(random, m, depth.k(), elements),
                place(random, m, n, elements),
                1 + random.nextInt(4));
    }

    private static int count(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(200);
            case 1 -> Math.max(1, random.nextInt() >>> (1 + random.nextInt(30)));
            case 2 -> Integer.MAX_VALUE - random.nextInt(100);
            default -> Integer.MAX_VALUE;
        };
    }

    private static int first(SplittableRandom random, int most) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (int) random.nextLong(most + 1L);
            default -> most;
        };
    }

    private static Place place(SplittableRandom random, int rows, int columns, long elements) {
        final long offset =
                switch (random.nextInt(3)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(99);
                    default -> random.nextLong(elements / 4);
                };
        final long most = (elements - offset - columns) / Math.max(1, rows - 1);
        final long stride =
                switch (random.nextInt(4)) {
                    case 0 -> columns;
                    case 1 -> columns + random.nextLong(9);
                    case 2 -> random.nextLong(columns, Math.max(most, columns) + 1);
                    default -> most;
                };
        return new Place(offset, Math.clamp(stride, columns, Math.max(columns, most)));
    }

    int endRow() {
        return firstRow + rows;
    }

    int endColumn() {
        return firstColumn + columns;
    }

    /** The first panel that the portion has columns of. */
    int firstPanel(int nr) {
        return firstColumn / nr;
    }

    /** Columns of the panels that it has columns of. */
    int columnsOfPanels(int nr) {
        final long end = Math.min(n, Math.ceilDiv((long) endColumn(), nr) * nr);
        return (int) (end - (long) firstPanel(nr) * nr);
    }

    /** Whether the element of the result is one of the portion. */
    boolean asksFor(long element) {
        final long row = Math.floorDiv(element - dst.offset(), dst.stride());
        final long column = Math.floorMod(element - dst.offset(), dst.stride());
        return row >= firstRow && row < endRow() && column >= firstColumn && column < endColumn();
    }

    RunOptions options() {
        return RunOptions.DEFAULT
                .rows(firstRow, rows)
                .columns(firstColumn, columns)
                .on(Runnable::run, threads);
    }
}
