package dev.tilesmith.sweep.operand;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The extents of a product that is measured, written {@code MxNxK}, and {@code MxNxK-cold} where weights come from memory.
 *
 * @param m rows of the left operand and of the result
 * @param n output channels
 * @param k values that one result sums over
 * @param warmth where the weights are when they are used
 */
public record SweptShape(int m, int n, int k, Warmth warmth) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})(-cold)?");

    /** Where weights are when they are used again. */
    public enum Warmth {
        /** In a cache, if they fit one. */
        WARM,
        /** In memory: so many copies take turns that no cache still holds one when it is used again. */
        COLD
    }

    /** Checks that there is something to multiply. */
    public SweptShape {
        if (m < 1 || n < 1 || k < 1) {
            throw new IllegalArgumentException("shape: " + m + "x" + n + "x" + k + "; expected extents of 1 or more");
        }
    }

    /**
     * Reads {@code MxNxK} or {@code MxNxK-cold}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static SweptShape parse(String text) {
        final Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("shape: '" + text
                    + "'; expected MxNxK or MxNxK-cold, with extents up to 999999, for example 8x1024x1024");
        }
        return new SweptShape(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                parts.group(4) == null ? Warmth.WARM : Warmth.COLD);
    }

    @Override
    public String toString() {
        final String extents = m + "x" + n + "x" + k;
        return switch (warmth) {
            case WARM -> extents;
            case COLD -> extents + "-cold";
        };
    }
}
