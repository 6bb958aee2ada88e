package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tilesmith.runtime.Matrix.Segment;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A matrix either has all of its elements in its storage, whatever the numbers, or is refused by name. */
final class MatrixTest {
    private static final List<Integer> COUNTS =
            List.of(-1, 0, 1, 2, 5, 1 << 16, 1 << 30, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MIN_VALUE);

    private static final List<Long> SIZES = List.of(
            0L, 1L, 3L, 4L, 40L, 1L << 31, 1L << 32, 1L << 47, 1L << 61, 1L << 62, Long.MAX_VALUE - 1, Long.MAX_VALUE);

    private static int count(SplittableRandom random) {
        final int any = COUNTS.get(random.nextInt(COUNTS.size()));
        return random.nextInt(4) == 0 ? random.nextInt(9) : any;
    }

    private static long size(SplittableRandom random) {
        final long any = SIZES.get(random.nextInt(SIZES.size()));
        return switch (random.nextInt(4)) {
            case 0 -> -any;
            case 1 -> random.nextInt(50);
            default -> any;
        };
    }

    @Test
    void everyMatrixIsWithinItsStorageOrRefused() {
        final AtomicInteger accepted = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();
        Problems.forEach(random -> {
            final long bytes = SIZES.get(random.nextInt(SIZES.size()));
            final int elementBytes = random.nextBoolean() ? 1 : 4;
            final long offset = size(random);
            final int rows = count(random);
            final int columns = count(random);
            final long stride = size(random);
            final String what =
                    bytes + " / " + elementBytes + ": " + offset + ", " + rows + " x " + columns + ", " + stride;
            final Optional<Matrix> made = made(bytes, elementBytes, offset, rows, columns, stride);
            assertEquals(lieWithin(bytes / elementBytes, offset, rows, columns, stride), made.isPresent(), what);
            (made.isPresent() ? accepted : refused).incrementAndGet();
            made.ifPresent(matrix -> assertEveryElementCanBeReached(matrix, bytes / elementBytes, what));
        });
        assertTrue(accepted.get() > refused.get() / 20, accepted + " accepted, " + refused + " refused");
    }

    private static Optional<Matrix> made(
            long bytes, int elementBytes, long offset, int rows, int columns, long stride) {
        try {
            return Optional.of(new Segment(memory(bytes), elementBytes, offset, rows, columns, stride));
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().matches("(?s)(rows x columns|rowStride|offset|data): .+"), e.getMessage());
            return Optional.empty();
        }
    }

    /** Memory that is not there: nobody reads it. */
    @SuppressWarnings("restricted")
    private static MemorySegment memory(long bytes) {
        return MemorySegment.ofAddress(64).reinterpret(bytes);
    }

    private static boolean lieWithin(long size, long offset, int rows, int columns, long stride) {
        if (rows < 0 || columns < 0 || offset < 0 || (rows > 1 && stride < columns)) {
            return false;
        }
        if (rows == 0 || columns == 0) {
            return true;
        }
        final BigInteger last = BigInteger.valueOf(rows - 1L).multiply(BigInteger.valueOf(stride));
        final BigInteger end = last.add(BigInteger.valueOf(offset)).add(BigInteger.valueOf(columns));
        return end.compareTo(BigInteger.valueOf(Math.min(size, Long.MAX_VALUE - 1))) <= 0;
    }

    /** By the arithmetic of whoever reads it, in longs that wrap around. */
    private static void assertEveryElementCanBeReached(Matrix matrix, long size, String what) {
        assertTrue(matrix.rowStride() >= matrix.columns(), what);
        for (final int row : new int[] {0, matrix.rows() / 2, matrix.rows() - 1}) {
            final long start = matrix.offset() + Math.max(0, row) * matrix.rowStride();
            final long end = start + matrix.columns();
            assertTrue(start >= 0, what);
            assertTrue(matrix.rows() == 0 || end <= size, what);
        }
    }

    /** Wherever its rows would be, there is nothing to be read. */
    @Test
    void aMatrixWithoutElementsLiesAtTheStart() {
        final Matrix noColumns = Matrix.of(new float[0], 7, 3, 0, 5);
        assertEquals(0, noColumns.offset());
        assertEquals(0, noColumns.rowStride());
        final Matrix noRows = new Segment(memory(0), 1, Long.MAX_VALUE, 0, 5, Long.MAX_VALUE);
        assertEquals(0, noRows.offset());
        assertEquals(5, noRows.rowStride());
        final MemorySegment slice = MemorySegment.ofArray(new float[9]).asSlice(8);
        assertEquals(0, Matrix.of(slice, Long.MAX_VALUE, 3, 0, 1).offset());
    }

    @Test
    void oneRowHasNoUseForAStride() {
        assertEquals(3, Matrix.of(new float[3], 0, 1, 3, Integer.MIN_VALUE).rowStride());
        assertEquals(3, new Segment(memory(12), 4, 0, 1, 3, Long.MAX_VALUE).rowStride());
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 62, Long.MAX_VALUE})
    void stridesBeyondWhatALongCountsAreRefused(long stride) {
        assertRefused(
                "data: segment of 100 elements; 3 rows of 5, " + stride + " apart from 0, need more than 2^63 - 2",
                () -> new Segment(memory(400), 4, 0, 3, 5, stride));
        assertRefused(
                "data: float[] of 100 elements; 3 rows of 5, " + stride + " apart from 0, need more than 2^63 - 2",
                () -> new Matrix.Floats(new float[100], 0, 3, 5, stride));
        assertRefused(
                "data: byte[] of 100 elements; 3 rows of 5, " + stride + " apart from 0, need more than 2^63 - 2",
                () -> new Matrix.Bytes(new byte[100], 0, 3, 5, stride));
        assertRefused(
                "data: int[] of 100 elements; 3 rows of 5, " + stride + " apart from 0, need more than 2^63 - 2",
                () -> new Matrix.Ints(new int[100], 0, 3, 5, stride));
    }

    @Test
    void anOffsetBeyondWhatALongCountsIsRefused() {
        assertRefused(
                "data: segment of 400 elements; 1 rows of 5, 5 apart from 9223372036854775807, need more than 2^63 - 2",
                () -> Matrix.ofBytes(memory(400), Long.MAX_VALUE, 1, 5, 5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 5, 8, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void elementsThatNoFormatHasAreRefused(int elementBytes) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment data = arena.allocate(64);
            assertRefused(
                    "elementBytes: " + elementBytes + "; expected 1 for bytes, 2 for 16 bits, or 4 for floats or ints",
                    () -> new Segment(data, elementBytes, 0, 1, 1, 1));
        }
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
