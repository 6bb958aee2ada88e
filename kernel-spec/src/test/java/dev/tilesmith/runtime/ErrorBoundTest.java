package dev.tilesmith.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A bound is what its derivation says, and chains of rounded additions keep it. */
final class ErrorBoundTest {
    private static final ErrorBound OF_A_CHAIN = new ErrorBound(1, 0);
    private static final ErrorBound OF_TILES = new ErrorBound(32, 16);
    private static final ErrorBound TO_ODD = new ErrorBound(2, 1, 2);

    @Test
    void roundingsAreThoseOfGroupsAndOfWhatIsWithin() {
        assertEquals(0, OF_TILES.roundings(0));
        assertEquals(17, OF_TILES.roundings(1));
        assertEquals(17, OF_TILES.roundings(32));
        assertEquals(18, OF_TILES.roundings(33));
        assertEquals(144, OF_TILES.roundings(4096));
        assertEquals(4096, OF_A_CHAIN.roundings(4096));
        assertEquals(4, TO_ODD.roundings(1));
        assertEquals(4098, TO_ODD.roundings(4096));
        assertEquals((1L << 31) + 2, TO_ODD.roundings(Integer.MAX_VALUE));
    }

    @Test
    void aChainOfRoundedSumsKeepsIt() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int problem = 0; problem < 10_000; problem++) {
            final int k = random.nextInt(1, 200);
            float sum = 0f;
            double exact = 0;
            double magnitudes = 0;
            for (int p = 0; p < k; p++) {
                final float value = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-20, 20));
                sum += value;
                exact += value;
                magnitudes += Math.abs(value);
            }
            assertTrue(Math.abs(sum - exact) <= OF_A_CHAIN.of(k, magnitudes));
        }
    }

    @Test
    void whatIsFlushedIsPartOfIt() {
        assertTrue(OF_TILES.of(1, 0) >= 0x1p-126);
        assertEquals(0, OF_TILES.of(0, 1));
    }

    @Test
    void itIsSaidInWords() {
        assertEquals("(ceil(k / 32) + 16) 2^-24 of |bias| and the sum of |lhs * rhs|", OF_TILES.toString());
        assertEquals("2 (ceil(k / 2) + 1) 2^-24 of |bias| and the sum of |lhs * rhs|", TO_ODD.toString());
        assertEquals("k 2^-24 of |bias| and the sum of |lhs * rhs|", OF_A_CHAIN.toString());
    }

    @Test
    void groupsOfNothingAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ErrorBound(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ErrorBound(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new ErrorBound(1, 0, 0));
    }
}
