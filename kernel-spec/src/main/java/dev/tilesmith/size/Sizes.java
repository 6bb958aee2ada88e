package dev.tilesmith.size;

/**
 * Arithmetic of sizes that wraps around nowhere: numbers of elements and of bytes, none of them negative, in longs. What a
 * long has no room for is {@link #TOO_MANY}, and so is what is made of it, so that a size is looked at once, at its end.
 */
public final class Sizes {
    /** More than any memory has. */
    public static final long TOO_MANY = Long.MAX_VALUE;

    /** Elements of a Java array, at most: a few less than an int counts, as the JDK's own collections have it. */
    public static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Sizes() {}

    /** The product of two sizes. */
    public static long times(long size, long count) {
        final long low = size * count;
        return Math.multiplyHigh(size, count) == 0 && low >= 0 ? low : TOO_MANY;
    }

    /** The product of three sizes. */
    public static long times(long size, long count, long each) {
        return times(times(size, count), each);
    }

    /** The sum of two sizes. */
    public static long plus(long size, long more) {
        final long sum = size + more;
        return sum < 0 ? TOO_MANY : sum;
    }

    /** The least multiple that is no less than a size. */
    public static long roundUp(long size, long multiple) {
        return times(Math.ceilDiv(size, multiple), multiple);
    }

    /**
     * Elements from the start of a matrix's storage to the end of its last row; 0 where it has no elements.
     *
     * @param offset elements before its first row, 0 or more
     * @param rowStride elements from the start of one row to that of the next, 0 or more
     */
    public static long end(long offset, int rows, int columns, long rowStride) {
        return rows == 0 || columns == 0 ? 0 : plus(plus(offset, times(rows - 1L, rowStride)), columns);
    }

    /** Whether so much is within a size. */
    public static boolean fits(long needed, long size) {
        return needed <= size && needed != TOO_MANY;
    }

    /** A size for people. */
    public static String show(long size) {
        return size == TOO_MANY ? "more than 2^63 - 2" : Long.toString(size);
    }

    /**
     * The length of a Java array of so many elements.
     *
     * @param what whose they are: the beginning of a message
     * @throws IllegalArgumentException if no array is so long
     */
    public static int arrayLength(String what, long elements) {
        if (elements > LONGEST_ARRAY) {
            throw new IllegalArgumentException(
                    what + ": " + show(elements) + " elements; a Java array has " + LONGEST_ARRAY + " at most");
        }
        return (int) elements;
    }
}
