package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.kernel.packed.PackedPanels;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.Problems;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.Knob;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parts of a product, and the blocks and panels of a part, are all of it, each once, whatever its size. */
final class WorkSplitTest {
    private static final List<Target> TARGETS = List.of(Target.SCALAR, Target.AVX2, Target.NEON_I8MM, Target.SME);

    /** Few, many, and as many as an int counts, with any remainder. */
    private static int count(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> 1 + random.nextInt(9);
            case 1 -> 1 + random.nextInt(5_000);
            case 2 -> Math.max(1, random.nextInt() >>> 1);
            case 3 -> (1 << 30) + random.nextInt(99);
            default -> Integer.MAX_VALUE - random.nextInt(99);
        };
    }

    private static PanelFamily family(SplittableRandom random) {
        final int nr = List.of(1, 3, 4, 16, 32, 64).get(random.nextInt(6));
        final int most = 1 + random.nextInt(32);
        return new PanelFamily(
                Format.F32,
                Format.F32,
                new PanelLayout(Format.F32, nr, 1, true),
                TARGETS.get(random.nextInt(TARGETS.size())),
                IntStream.rangeClosed(1, most).boxed().toList());
    }

    /** Memory that is not there: nobody reads it. */
    @SuppressWarnings("restricted")
    private static MemorySegment memory(long bytes) {
        return MemorySegment.ofAddress(64).reinterpret(bytes);
    }

    /** A portion of a product: at its start, at its end, or anywhere. */
    private static Product product(SplittableRandom random, PanelFamily family) {
        final int m = count(random);
        final int n = count(random);
        final int k = 1 + random.nextInt(9);
        final int rows = 1 + random.nextInt(m);
        final int columns = 1 + random.nextInt(n);
        final int firstRow = first(random, m - rows);
        final int firstColumn = first(random, n - columns);
        return new Product(
                new Matrix.Segment(memory(Long.MAX_VALUE), 4, 0, m, k, k),
                new PackedPanels(family.layout(), n, k, memory(family.layout().bytes(n, k))),
                new Matrix.Segment(memory(Long.MAX_VALUE), 1, 0, m, n, n),
                firstRow,
                firstRow + rows,
                firstColumn,
                firstColumn + columns,
                0f,
                1f);
    }

    private static int first(SplittableRandom random, int most) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> most;
            default -> (int) random.nextLong(most + 1L);
        };
    }

    private static int parallelism(SplittableRandom random) {
        return random.nextInt(200) == 0 ? Math.max(1, random.nextInt() >>> 1) : 1 + random.nextInt(16);
    }

    /** As targets are tuned, or with one knob turned anywhere in its range, to its ends more often than not. */
    private static Splitting splitting(SplittableRandom random) {
        final Knob knob = List.of(Knob.values()).get(random.nextInt(Knob.values().length));
        final long value =
                switch (random.nextInt(4)) {
                    case 0 -> knob.least();
                    case 1 -> knob.most();
                    default -> random.nextLong(knob.least(), knob.most() + 1);
                };
        return Splitting.of(Tuning.of(Target.SCALAR).with(knob, value));
    }

    @Test
    void thePartsOfAProductAreAllOfIt() {
        Problems.forEach(random -> {
            final PanelFamily family = family(random);
            final Product product = product(random, family);
            final Splitting splitting = splitting(random);
            final int threads = WorkSplit.threads(product, splitting, parallelism(random));
            final List<Product> parts = WorkSplit.of(product, family, splitting, Math.max(2, threads))
                    .parts();
            long results = 0;
            Product before =
                    product.part(product.firstRow(), product.firstRow(), product.firstColumn(), product.firstColumn());
            for (final Product part : parts) {
                assertTrue(part.rows() > 0 && part.columns() > 0, () -> part + " is empty");
                final boolean sameRows = part.firstRow() == before.firstRow() && part.endRow() == before.endRow();
                assertEquals(sameRows ? before.endColumn() : product.firstColumn(), part.firstColumn());
                assertEquals(sameRows ? before.firstRow() : before.endRow(), part.firstRow());
                assertTrue(part.endRow() <= product.endRow() && part.endColumn() <= product.endColumn());
                assertTrue(
                        part.endColumn() == product.endColumn()
                                || part.endColumn() % family.layout().nr() == 0,
                        () -> part + " ends within a panel");
                results += (long) part.rows() * part.columns();
                before = part;
            }
            assertEquals((long) product.rows() * product.columns(), results);
        });
    }

    @Test
    void thePanelsOfAProductHaveAllOfItsColumns() {
        Problems.forEach(random -> {
            final PanelFamily family = family(random);
            final int nr = family.layout().nr();
            final Product product = product(random, family);
            final int first = product.firstPanel(nr);
            final int end = product.endPanel(nr);
            assertEquals(product.firstColumn(), product.firstColumn(first, nr));
            assertEquals(product.endColumn(), (long) product.firstColumn(end - 1, nr) + product.columns(end - 1, nr));
            final int any = first + random.nextInt(end - first);
            final int columns = product.columns(any, nr);
            assertTrue(columns > 0 && columns <= nr, () -> columns + " columns of panel " + any);
            if (any + 1 < end) {
                assertEquals((long) product.firstColumn(any, nr) + columns, product.firstColumn(any + 1, nr));
            }
        });
    }

    @Test
    void theBlocksOfAProductHaveAllOfItsRows() {
        Problems.forEach(random -> {
            final PanelFamily family = family(random);
            final Product product = product(random, family);
            final int most = random.nextInt(3) == 0 ? random.nextInt() >>> 1 : random.nextInt(99);
            final int blockRows = RowTiles.blockRows(product.rows(), family, most);
            assertTrue(
                    blockRows >= 1 && blockRows <= Math.max(most, family.maxMr()),
                    () -> blockRows + " rows of a block of " + most);
            final int last = product.firstRow() + (product.rows() - 1) / blockRows * blockRows;
            final int rest = product.rowsFrom(last, blockRows);
            assertEquals(product.endRow(), (long) last + rest);
            assertTrue(rest >= 1 && rest <= blockRows, () -> rest + " rows of the last block");
            assertEquals(Math.min(blockRows, product.rows()), product.rowsFrom(product.firstRow(), blockRows));
        });
    }
}
