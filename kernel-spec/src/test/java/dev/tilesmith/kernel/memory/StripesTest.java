package dev.tilesmith.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tilesmith.runtime.Problems;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Stripes meet where they have a byte in common, and nowhere else. */
final class StripesTest {
    private static final int PLACES = 64;

    /** Every two of small stripes, by the places that they have. */
    @Test
    void smallStripesMeetWhereTheyHaveAPlaceInCommon() {
        final int mostRows = 4;
        final int mostLength = 3;
        final int mostDistance = 7;
        final Stripes[] all = new Stripes[1 << 10];
        int count = 0;
        for (int rows = 0; rows <= mostRows; rows++) {
            for (int length = 0; length <= mostLength; length++) {
                for (int distance = length; distance <= (rows > 1 ? mostDistance : length); distance++) {
                    all[count++] = new Stripes(PLACES / 2, rows, length, distance);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                for (int at = 0; at < PLACES - mostRows * mostDistance; at++) {
                    final Stripes other = new Stripes(at, all[j].count(), all[j].length(), all[j].distance());
                    assertEquals((places(all[i]) & places(other)) != 0, all[i].meet(other), all[i] + " " + other);
                }
            }
        }
    }

    private static long places(Stripes stripes) {
        long places = 0;
        for (int i = 0; i < stripes.count(); i++) {
            places |= ((1L << stripes.length()) - 1) << (stripes.start() + i * stripes.distance());
        }
        return places;
    }

    /** Large ones too, whose places nobody can count: row by row. */
    @Test
    void stripesOfAnySizeMeetWhereTheirRowsDo() {
        Problems.forEach(random -> {
            final Stripes one = stripes(random, 0);
            final Stripes other = stripes(random, one.start() + random.nextLong(one.extent()) - random.nextInt(100));
            final boolean meet = rowsMeet(one, other);
            assertEquals(meet, one.meet(other), () -> one + " " + other);
            assertEquals(meet, other.meet(one), () -> other + " " + one);
        });
    }

    private static Stripes stripes(SplittableRandom random, long start) {
        final int count = random.nextInt(1, 60);
        final long distance = 1 + (random.nextLong() >>> random.nextInt(10, 62));
        final long length =
                random.nextBoolean() ? 1 + distance / random.nextInt(2, 200) : random.nextLong(distance) + 1;
        return new Stripes(Math.max(0, start), count, Math.min(length, distance), distance);
    }

    /** One row of either after the other, in the order in which they end. */
    private static boolean rowsMeet(Stripes one, Stripes other) {
        int i = 0;
        int j = 0;
        while (i < one.count() && j < other.count()) {
            final long from = one.start() + i * one.distance();
            final long otherFrom = other.start() + j * other.distance();
            if (Math.max(from, otherFrom) < Math.min(from + one.length(), otherFrom + other.length())) {
                return true;
            }
            if (from < otherFrom) {
                i++;
            } else {
                j++;
            }
        }
        return false;
    }

    /** As many rows as a matrix can have are told apart at once, whatever their distances. */
    @Test
    void manyRowsAreToldApartAtOnce() {
        final int rows = Integer.MAX_VALUE;
        final Stripes even = new Stripes(0, rows, 6, 12);
        assertEquals(false, even.meet(new Stripes(6, rows, 6, 12)));
        assertEquals(true, even.meet(new Stripes(7, rows, 6, 12)));
        assertEquals(false, even.meet(new Stripes(6, rows, 6, 36)));
        assertEquals(true, even.meet(new Stripes(6, rows, 6, 35)));
        // 35 j + 6 meets 12 i within six bytes before j = 6; of so many alone it would not
        assertEquals(false, even.meet(new Stripes(6, 1, 6, 6)));
        // the last row of one alone is met by the other's first
        final long last = 12L * (rows - 1);
        assertEquals(true, even.meet(new Stripes(last + 5, rows, 6, 1 << 20)));
        assertEquals(false, even.meet(new Stripes(last + 6, rows, 6, 1 << 20)));
    }

    /** Ranges that no memory has, but a segment of a size that somebody gave it. */
    @Test
    void stripesOfAbsurdSizeThatMayMeetAreTakenToMeet() {
        final long most = Long.MAX_VALUE;
        final Stripes absurd = new Stripes(1000, 2, 4, most - 4);
        assertEquals(false, absurd.meet(new Stripes(0, 3, 100, 100)));
        assertEquals(true, absurd.meet(new Stripes(2000, 3, 100, 100)));
        assertEquals(true, new Stripes(2000, 3, 100, 100).meet(absurd));
    }
}
