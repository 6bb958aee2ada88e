package dev.tilesmith.size;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sizes are those of arithmetic without bounds, as far as a long goes. */
final class SizesTest {
    private static final int PROBLEMS = Integer.getInteger("problems", 100_000);

    private static final BigInteger MOST = BigInteger.valueOf(Sizes.TOO_MANY);

    private final SplittableRandom random = new SplittableRandom(12);

    /** Numbers of every length, and those beside powers of two. */
    private long size() {
        final long drawn = random.nextLong() >>> (1 + random.nextInt(63));
        final long power = 1L << random.nextInt(63);
        return switch (random.nextInt(4)) {
            case 0 -> power - 1;
            case 1 -> power;
            case 2 -> Sizes.TOO_MANY - (drawn >>> 32);
            default -> drawn;
        };
    }

    private static BigInteger big(long size) {
        return BigInteger.valueOf(size);
    }

    private static void assertSize(BigInteger expected, long actual, String what) {
        assertEquals(expected.min(MOST).longValueExact(), actual, what);
    }

    @Test
    void productsAndSumsAreThoseOfArithmeticWithoutBounds() {
        for (int i = 0; i < PROBLEMS; i++) {
            final long a = size();
            final long b = size();
            final long c = size();
            final String what = a + ", " + b + ", " + c;
            assertSize(big(a).multiply(big(b)), Sizes.times(a, b), what);
            assertSize(big(a).multiply(big(b)).multiply(big(c)), Sizes.times(a, b, c), what);
            assertSize(big(a).add(big(b)), Sizes.plus(a, b), what);
            assertSize(roundedUp(big(a), big(b + (b == 0 ? 1 : 0))), Sizes.roundUp(a, b + (b == 0 ? 1 : 0)), what);
        }
    }

    private static BigInteger roundedUp(BigInteger size, BigInteger multiple) {
        return size.add(multiple).subtract(BigInteger.ONE).divide(multiple).multiply(multiple);
    }

    @Test
    void theEndOfAMatrixIsThatOfItsLastRow() {
        for (int i = 0; i < PROBLEMS; i++) {
            final long offset = size();
            final int rows = (int) (size() & Integer.MAX_VALUE);
            final int columns = (int) (size() & Integer.MAX_VALUE);
            final long stride = size();
            final BigInteger end = rows == 0 || columns == 0
                    ? BigInteger.ZERO
                    : big(offset).add(big(rows - 1L).multiply(big(stride))).add(big(columns));
            assertSize(
                    end,
                    Sizes.end(offset, rows, columns, stride),
                    offset + ", " + rows + ", " + columns + ", " + stride);
        }
    }

    @Test
    void whatALongHasNoRoomForFitsNowhere() {
        assertEquals(true, Sizes.fits(Sizes.TOO_MANY - 1, Sizes.TOO_MANY));
        assertEquals(false, Sizes.fits(Sizes.TOO_MANY, Sizes.TOO_MANY));
        assertEquals(true, Sizes.fits(0, 0));
        assertEquals(false, Sizes.fits(1, 0));
    }

    @Test
    void anArrayIsAsLongAsTheJvmLetsItBe() {
        assertEquals(Integer.MAX_VALUE - 8, Sizes.arrayLength("floats", Integer.MAX_VALUE - 8L));
        assertEquals(
                "floats: 2147483640 elements; a Java array has 2147483639 at most",
                refusal(() -> Sizes.arrayLength("floats", Integer.MAX_VALUE - 7L)));
        assertEquals(
                "floats: more than 2^63 - 2 elements; a Java array has 2147483639 at most",
                refusal(() -> Sizes.arrayLength("floats", Sizes.TOO_MANY)));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
