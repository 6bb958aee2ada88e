package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.MatrixBatch.Orientation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where matrices of a batch are, and what is no batch. */
final class MatrixBatchTest {
    private static final int PROBLEMS = 2000;

    /** Along each dimension another index moves by that dimension's stride, the innermost first. */
    @Test
    void aMatrixLiesWhereItsIndexesSay() {
        for (long seed = 0; seed < PROBLEMS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final List<Integer> counts =
                    random.ints(random.nextInt(4), 1, 4).boxed().toList();
            final List<Long> strides = random.longs(counts.size(), 0, 9).boxed().toList();
            final MatrixBatch batch =
                    new MatrixBatch(Matrix.of(new float[200], 1, 2, 3, 4), counts, strides, Orientation.AS_STORED);
            final List<Long> offsets = offsets(counts, strides);
            assertEquals(offsets.size(), batch.size());
            for (int index = 0; index < batch.size(); index++) {
                assertEquals(offsets.get(index), batch.offsetOf(index));
                assertEquals(
                        1 + offsets.get(index),
                        batch.storedAt(batch.offsetOf(index)).offset());
            }
            assertEquals(offsets.stream().distinct().toList(), batch.offsets());
            assertEquals(offsets.stream().mapToLong(Long::longValue).max().orElseThrow(), batch.lastOffset());
        }
    }

    /** By counting as an odometer does. */
    private static List<Long> offsets(List<Integer> counts, List<Long> strides) {
        List<Long> offsets = List.of(0L);
        for (int i = 0; i < counts.size(); i++) {
            final List<Long> finer = new ArrayList<>();
            for (final long offset : offsets) {
                for (int j = 0; j < counts.get(i); j++) {
                    finer.add(offset + j * strides.get(i));
                }
            }
            offsets = finer;
        }
        return offsets;
    }

    /** As NumPy has it: the innermost dimensions are compared, and what is missing, or is one, is repeated. */
    @Test
    void dimensionsAreRepeated() {
        for (long seed = 0; seed < PROBLEMS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final List<Integer> to =
                    random.ints(random.nextInt(4), 1, 4).boxed().toList();
            final List<Integer> counts = to.subList(random.nextInt(to.size() + 1), to.size()).stream()
                    .map(count -> random.nextBoolean() ? count : 1)
                    .toList();
            final List<Long> strides = random.longs(counts.size(), 0, 9).boxed().toList();
            final MatrixBatch batch =
                    new MatrixBatch(Matrix.of(new float[200], 2, 3), counts, strides, Orientation.AS_STORED);
            final MatrixBatch repeated = batch.broadcast(to);
            assertEquals(to, repeated.counts());
            for (int index = 0; index < repeated.size(); index++) {
                assertEquals(batch.offsetOf(own(index, to, counts)), repeated.offsetOf(index));
            }
        }
    }

    /** The index of a batch of {@code counts} that stands for one of {@code to}. */
    private static int own(int index, List<Integer> to, List<Integer> counts) {
        int own = 0;
        int size = 1;
        int rest = index;
        for (int i = 1; i <= to.size(); i++) {
            final int place = rest % to.get(to.size() - i);
            rest /= to.get(to.size() - i);
            if (i <= counts.size()) {
                final int count = counts.get(counts.size() - i);
                own += (count == 1 ? 0 : place) * size;
                size *= count;
            }
        }
        return own;
    }

    @Test
    void whatDoesNotGoTogetherIsNotRepeated() {
        final MatrixBatch two = MatrixBatch.of(Matrix.of(new float[12], 2, 3)).repeated(2, 6);
        for (final List<Integer> to : List.of(List.<Integer>of(), List.of(3), List.of(2, 1), List.of(0))) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> two.broadcast(to))
                    .getMessage()
                    .startsWith("counts: [2]; expected those of " + to));
        }
    }

    @Test
    void stackedMatricesFollowEachOther() {
        final float[] values = new float[24];
        IntStream.range(0, 24).forEach(i -> values[i] = i);
        final MatrixBatch stacked = MatrixBatch.stacked(Matrix.of(values, 6, 4), 2);
        assertEquals(List.of(3), stacked.counts());
        assertEquals(2, stacked.rows());
        assertEquals(4, stacked.columns());
        assertEquals(List.of(0L, 8L, 16L), stacked.offsets());
        assertEquals(0, MatrixBatch.stacked(Matrix.of(values, 0, 4), 2).size());
        assertRefused(
                "rows: 4; expected a divisor of the 6 of all", () -> MatrixBatch.stacked(Matrix.of(values, 6, 4), 4));
        assertRefused("rows: 0; expected a divisor", () -> MatrixBatch.stacked(Matrix.of(values, 6, 4), 0));
    }

    @Test
    void aTransposeIsTheOtherWayRound() {
        final MatrixBatch keys = MatrixBatch.of(Matrix.of(new float[12], 4, 3));
        assertEquals(3, keys.transposed().rows());
        assertEquals(4, keys.transposed().columns());
        assertEquals(keys, keys.transposed().transposed());
    }

    @Test
    void whatIsNoBatchIsRefused() {
        final Matrix matrix = Matrix.of(new float[12], 2, 3);
        assertRefused(
                "strides: [1, 2]; expected one for each of the counts [2]",
                () -> new MatrixBatch(matrix, List.of(2), List.of(1L, 2L), Orientation.AS_STORED));
        assertRefused("counts and strides: [-1], [6] apart", () -> MatrixBatch.of(matrix)
                .repeated(-1, 6));
        assertRefused("counts and strides: [2], [-6] apart", () -> MatrixBatch.of(matrix)
                .repeated(2, -6));
        assertRefused(
                "counts and strides: [3], [6] apart, of 2 x 3 in a float[]; the last does not lie",
                () -> MatrixBatch.of(matrix).repeated(3, 6));
        assertRefused("counts and strides: [2], [9223372036854775807] apart", () -> MatrixBatch.of(matrix)
                .repeated(2, Long.MAX_VALUE));
        assertRefused(
                "counts: [65536, 65536] are 4294967296 matrices",
                () -> MatrixBatch.of(matrix).repeated(1 << 16, 0).repeated(1 << 16, 0));
    }

    private static void assertRefused(String message, Executable call) {
        final String found = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(found.startsWith(message), found);
    }
}
