package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sums of bytes, several at a time, are what sums of single bytes are. */
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
        assertEquals(expected, StaticLhs.sum(MemorySegment.ofArray(bytes), at, k), at + ", " + k);
    }
}
