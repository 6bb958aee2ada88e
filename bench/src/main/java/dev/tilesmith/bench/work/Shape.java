package dev.tilesmith.bench.work;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extents of {@code dst[m][n] = lhs[m][k] · rhs[k][n]}, written {@code MxNxK}, and {@code MxNxK-cold} where weights
 * come from memory.
 *
 * @param m rows of the left operand and of the result
 * @param n output channels
 * @param k values that one result sums over
 * @param cold whether so many copies of the weights take turns that no cache still holds one when it is used again
 */
public record Shape(int m, int n, int k, boolean cold) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})(-cold)?");

    /** Checks that there is something to multiply. */
    public Shape {
        if (m < 1 || n < 1 || k < 1) {
            throw new IllegalArgumentException("shape: " + m + "x" + n + "x" + k + "; expected extents of 1 or more");
        }
    }

    /** With weights that stay in a cache if they fit. */
    public Shape(int m, int n, int k) {
        this(m, n, k, false);
    }

    /** All three extents alike. */
    public static Shape cube(int extent) {
        return new Shape(extent, extent, extent);
    }

    /** Reads {@code MxNxK}, {@code MxNxK-cold}, or {@code N} for a cube. */
    public static Shape parse(String text) {
        if (text.matches("\\d{1,6}")) {
            return cube(Integer.parseInt(text));
        }
        final Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "shape: '" + text + "'; expected MxNxK or MxNxK-cold, for example 32x4096x4096");
        }
        return new Shape(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                parts.group(4) != null);
    }

    /** Multiply-adds of one product. */
    public long multiplyAdds() {
        return (long) m * n * k;
    }

    /** Operations of one product, a multiply-add being two. */
    public long operations() {
        return 2 * multiplyAdds();
    }

    @Override
    public String toString() {
        return m + "x" + n + "x" + k + (cold ? "-cold" : "");
    }
}
