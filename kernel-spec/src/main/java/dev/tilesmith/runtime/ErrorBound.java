package dev.tilesmith.runtime;

/**
 * How far the sums of a family that is {@code FAST} may be from the exact sums of a bias and the same products, before what follows: {@code
 * r u / (1 - r u)} times the sum of all magnitudes, where u is 2^-24 and r how often one of them is rounded on its way into the
 * sum, at the most, where one that is not to nearest counts twice; and what is flushed to zero, less than 2^-126 each time.
 *
 * <p>That holds of operands that are finite and not subnormal, if no sum on the way is beyond f32. Subnormal operands count as zeros, with an
 * infinity too, and results that would be subnormal are zeros. Where f32's chain has an infinity, or a NaN, from operands that are
 * neither subnormal nor so large that a sum overflows, so does this.
 *
 * @param along values along K whose products are added up before they are added to the sum
 * @param within how often products are rounded in that
 * @param units by how many u each changes what it rounds, at the most: 1 to nearest, 2 in any other way
 */
public record ErrorBound(int along, int within, int units) {
    private static final double UNIT = 0x1p-24;
    private static final double FLUSHED = 0x1p-126;

    /** A bound on sums that are rounded to nearest. */
    public ErrorBound(int along, int within) {
        this(along, within, 1);
    }

    /**
     * Checks that there is something added up.
     *
     * @throws IllegalArgumentException if not
     */
    public ErrorBound {
        if (along < 1 || within < 0 || units < 1) {
            throw new IllegalArgumentException(
                    "along, within, units: " + along + ", " + within + ", " + units + "; expected 1, 0, 1 or more");
        }
    }

    /**
     * How often a product of a sum of {@code k} is rounded, at the most: within what is added up, and by each addition to the sum. One
     * counts as so many as it is units.
     */
    public long roundings(int k) {
        return k == 0 ? 0 : (long) units * (within + Math.ceilDiv(k, along));
    }

    /**
     * The bound on a sum.
     *
     * @param k how many products
     * @param magnitudes the sum of their magnitudes, and of the bias's
     */
    public double of(int k, double magnitudes) {
        final double rounded = roundings(k) * UNIT;
        final double flushed = (k + 2.0 * Math.ceilDiv(k, along)) * FLUSHED;
        return (rounded * magnitudes + flushed) / (1 - rounded);
    }

    /** As {@code explain} says it. */
    @Override
    public String toString() {
        final String groups = along == 1 ? "k" : "ceil(k / " + along + ")";
        final String roundings = within == 0 ? groups : "(" + groups + " + " + within + ")";
        return (units == 1 ? "" : units + " ") + roundings + " 2^-24 of |bias| and the sum of |lhs * rhs|";
    }
}
