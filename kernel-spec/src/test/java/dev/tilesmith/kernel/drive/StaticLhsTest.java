package dev.tilesmith.kernel.drive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that are copied and summed several bytes at a time are what they are byte by byte. */
final class StaticLhsTest {
    @Test
    void sumsBytesOfEveryNumberFromAnyPlace() {
        final byte[] bytes = new byte[3000];
        new SplittableRandom(1).nextBytes(bytes);
        for (int k = 0; k < bytes.length - 3; k += k < 40 ? 1 : 37) {
            for (int at = 0; at < 3; at++) {
                assertSum(bytes, at, k);
            }
        }
    }

    @Test
    void extremesDoNotOverflow() {
        final byte[] bytes = new byte[5000];
        for (final byte value : new byte[] {-128, -1, 0, 127}) {
            Arrays.fill(bytes, value);
            assertSum(bytes, 0, bytes.length);
        }
    }

    private static void assertSum(byte[] bytes, int at, int k) {
        final int expected = IntStream.range(at, at + k).map(i -> bytes[i]).sum();
        assertEquals(expected, StaticLhs.sum(MemorySegment.ofArray(bytes), at, k, Long.BYTES), at + ", " + k);
    }

    @Test
    void sumsARowOfAPair() {
        for (int k = 0; k < 70; k++) {
            final byte[] row = bytes(k);
            final byte[] pair = new byte[2 * (k + Long.BYTES)];
            Arrays.fill(pair, (byte) 99);
            StaticLhs.copyApart(row, 0, MemorySegment.ofArray(pair), Long.BYTES, k, Long.BYTES, 2 * Long.BYTES);
            final int expected = IntStream.range(0, k).map(i -> row[i]).sum();
            final MemorySegment from = MemorySegment.ofArray(pair);
            assertEquals(expected, StaticLhs.sum(from, Long.BYTES, k, 2 * Long.BYTES), () -> "k = " + row.length);
        }
    }

    /** Of four bytes that are together the first, the third, the second, the fourth; zeros up to the last four. */
    @Test
    void interleavesFourBytesAtATime() {
        for (int k = 0; k < 23; k++) {
            final byte[] row = bytes(k + 1);
            final byte[] expected = new byte[3 * (k + 4)];
            Arrays.fill(expected, (byte) 99);
            for (int p = 0; p < Math.ceilDiv(k, 4) * 4; p++) {
                final int place = p / 4 * 12 + List.of(0, 2, 1, 3).get(p % 4);
                expected[place] = p < k ? row[1 + p] : 0;
            }
            final byte[] fromSegment = new byte[expected.length];
            final byte[] fromArray = new byte[expected.length];
            Arrays.fill(fromSegment, (byte) 99);
            Arrays.fill(fromArray, (byte) 99);
            StaticLhs.copyInterleaved(MemorySegment.ofArray(row), 1, MemorySegment.ofArray(fromSegment), 0, k, 12);
            StaticLhs.copyInterleaved(row, 1, MemorySegment.ofArray(fromArray), 0, k, 12);
            assertArrayEquals(expected, fromSegment);
            assertArrayEquals(expected, fromArray);
        }
    }

    private static byte[] bytes(int count) {
        final byte[] bytes = new byte[count];
        new SplittableRandom(count).nextBytes(bytes);
        return bytes;
    }
}
