package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.cpu.Host;
import dev.tilesmith.kernel.layout.PanelFamily;
import dev.tilesmith.kernel.layout.PanelLayout;
import dev.tilesmith.runtime.BatchMatMulKernel;
import dev.tilesmith.runtime.Matrix;
import dev.tilesmith.runtime.MatrixBatch;
import dev.tilesmith.runtime.MatrixBatch.Orientation;
import dev.tilesmith.runtime.RunOptions;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Target;
import dev.tilesmith.tune.Tuning;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Pairs that cannot be multiplied are refused by name, and nothing is written then. */
final class PairsRefusedTest {
    private static final float UNTOUCHED = 7f;
    private static final BatchMatMulKernel KERNEL = kernel();

    private final float[] results = filled(24);

    /** Two of 2 x 3, 3 x 4 and 2 x 4. */
    private final MatrixBatch lhs = MatrixBatch.stacked(Matrix.of(new float[12], 4, 3), 2);

    private final MatrixBatch rhs = MatrixBatch.stacked(Matrix.of(new float[24], 6, 4), 3);
    private final MatrixBatch dst = MatrixBatch.stacked(Matrix.of(results, 4, 4), 2);

    private static BatchMatMulKernel kernel() {
        final PanelLayout layout = new PanelLayout(Format.F32, PlainTiles.NR, 1, true, Format.F32, 0);
        final PanelFamily family = new PanelFamily(Format.F32, Format.F32, layout, Target.SCALAR, List.of(1, 2));
        final Compute compute =
                new F32JavaCompute(new PlainTiles.OfFloats(), family, Host.current(), Tuning.of(Target.SCALAR));
        return new DrivenBatchMatMul(Lineup.of(compute), false) {};
    }

    private static float[] filled(int count) {
        final float[] values = new float[count];
        Arrays.fill(values, UNTOUCHED);
        return values;
    }

    private static MatrixBatch one(int rows, int columns) {
        return MatrixBatch.of(Matrix.of(new float[rows * columns], rows, columns));
    }

    private void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        assertArrayEquals(filled(24), results);
    }

    @Test
    void shapesFitEachOther() {
        assertRefused("rhs: 4 x 4; expected k = 3 rows, as lhs has columns", () -> KERNEL.run(lhs, one(4, 4), dst));
        assertRefused("dst: 2 x 4; expected m x n = 2 x 5", () -> KERNEL.run(lhs, one(3, 5), dst));
        assertRefused("dst: 2 x 4; expected m x n = 1 x 4", () -> KERNEL.run(one(1, 3), rhs, dst));
        assertRefused(
                "lhs: counts: [3]; expected those of [2], or 1, or fewer of them, as dst has them",
                () -> KERNEL.run(MatrixBatch.stacked(Matrix.of(new float[18], 6, 3), 2), rhs, dst));
        assertRefused(
                "rhs: counts: [2]; expected those of [], or 1, or fewer of them, as dst has them",
                () -> KERNEL.run(one(2, 3), rhs, MatrixBatch.of(Matrix.of(results, 2, 4))));
    }

    @Test
    void resultsHavePlacesOfTheirOwn() {
        assertRefused(
                "dst: transposed; expected rows that are stored as such: transpose the product, rhs' x lhs'",
                () -> KERNEL.run(
                        lhs,
                        rhs,
                        MatrixBatch.stacked(Matrix.of(results, 6, 4), 3).transposed()));
        final Matrix first = Matrix.of(results, 2, 4);
        for (final long stride : new long[] {0, 1, 3, 4, 7}) {
            assertRefused(
                    "dst: [2] matrices [" + stride
                            + "] elements apart would be written over each other; expected each in"
                            + " a place of its own",
                    () -> KERNEL.run(
                            lhs, rhs, new MatrixBatch(first, List.of(2), List.of(stride), Orientation.AS_STORED)));
        }
    }

    @Test
    void elementsAreThoseOfTheFormats() {
        assertRefused(
                "lhs: 2 x 3 in a byte[]; expected f32: a float[] or a segment of floats",
                () -> KERNEL.run(MatrixBatch.of(Matrix.of(new byte[6], 2, 3)), rhs, dst));
        assertRefused(
                "rhs: 3 x 4 in a short[]; expected f32: a float[] or a segment of floats",
                () -> KERNEL.run(lhs, MatrixBatch.of(Matrix.of(new short[12], 3, 4)), dst));
        assertRefused(
                "dst: 2 x 4 in an int[]; expected f32: a float[] or a segment of floats",
                () -> KERNEL.run(lhs, rhs, MatrixBatch.stacked(Matrix.of(new int[16], 4, 4), 2)));
        assertRefused(
                "clamp: this kernel is declared with clamp = false; declare it with clamp = true to bound results",
                () -> KERNEL.run(lhs, rhs, dst, RunOptions.DEFAULT.clamp(0, 1)));
        assertRefused(
                "rows: 2 from 1; the output has 2 rows",
                () -> KERNEL.run(lhs, rhs, dst, RunOptions.DEFAULT.rows(1, 2)));
    }

    @Test
    void operandsAreNotWrittenOver() {
        final Matrix all = Matrix.of(results, 6, 4);
        assertRefused(
                "dst: overlaps rhs in one array; expected elements of its own",
                () -> KERNEL.run(lhs, MatrixBatch.of(all.slice(3, 3, 0, 4)), dst));
        assertRefused(
                "dst: overlaps lhs in one array; expected elements of its own",
                () -> KERNEL.run(MatrixBatch.of(all.slice(0, 2, 0, 3)), rhs, dst));
    }

    /** Left operands, and results beside them, in rows of one array. */
    @Test
    void resultsMayLieBetweenOperands() {
        final float[] shared = new float[2 * 14];
        Arrays.fill(shared, 1f);
        final MatrixBatch beside =
                MatrixBatch.of(Matrix.of(shared, 0, 2, 3, 14)).repeated(2, 7);
        final MatrixBatch between =
                MatrixBatch.of(Matrix.of(shared, 3, 2, 4, 14)).repeated(2, 7);
        KERNEL.run(beside, rhs, between);
        for (int i = 0; i < shared.length; i++) {
            assertEquals(i % 7 < 3 ? 1f : 0f, shared[i]);
        }
    }

    @Test
    void memoryIsOpenAndForAllThreads() {
        final Arena closed = Arena.ofShared();
        final MemorySegment gone = closed.allocate(64);
        final MatrixBatch there = MatrixBatch.of(Matrix.of(gone, 2, 3));
        closed.close();
        assertRefused("lhs: its arena is closed; expected memory that is alive", () -> KERNEL.run(there, rhs, dst));
        try (Arena confined = Arena.ofConfined()) {
            final MatrixBatch own = MatrixBatch.of(Matrix.of(confined.allocate(48), 3, 4));
            final String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> KERNEL.run(lhs, own, dst, RunOptions.DEFAULT.on(Runnable::run, 2)))
                    .getMessage();
            assertTrue(message.startsWith("rhs: confined to the calling thread, with parallelism 2"), message);
            final MatrixBatch readOnly =
                    MatrixBatch.of(Matrix.of(confined.allocate(32).asReadOnly(), 2, 4));
            assertRefused(
                    "dst: a read-only segment; expected one that can be written",
                    () -> KERNEL.run(one(2, 3), one(3, 4), readOnly));
        }
    }

    @Test
    void rowsAreFiniteWhereThatIsAsked() {
        final float[] values = new float[12];
        values[7] = Float.NaN;
        assertRefused(
                "lhs: row 0 has NaN at column 1; expected finite values, as RunOptions.requireFiniteRows asks",
                () -> KERNEL.run(
                        MatrixBatch.stacked(Matrix.of(values, 4, 3), 2),
                        rhs,
                        dst,
                        RunOptions.DEFAULT.requireFiniteRows()));
    }
}
