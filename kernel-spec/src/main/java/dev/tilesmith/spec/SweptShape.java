package dev.tilesmith.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a product that is measured, as {@link Sweep} names it: {@code 8x1024x512} is 8 rows times weights of 1024
 * columns, 512 values each; {@code 8x1024x512-cold} the same with other weights for each product, so that none of them is
 * found in a cache.
 *
 * @param m rows of the left operand
 * @param n columns of the weights
 * @param k values of a row, and of a column
 * @param warmth where the weights come from
 */
public record SweptShape(int m, int n, int k, Warmth warmth) {
    /** Values that a matrix of a shape may have: a gibibyte of f32. */
    public static final long MOST_VALUES = 1L << 28;

    private static final String COLD = "-cold";
    private static final Pattern NAME = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})(" + COLD + ")?");
    private static final Pattern BETWEEN = Pattern.compile("[\\s*,;×x]+");
    private static final Pattern BEFORE_COLD = Pattern.compile("[\\s_-]*(cold)$");

    /** Where weights come from. */
    public enum Warmth {
        /** From the nearest cache that holds them: each product has the same. */
        WARM,
        /** From memory: each product has others, until those before it are in no cache. */
        COLD
    }

    /** Checks that operands and result have values, and no more than can be measured. */
    public SweptShape {
        check(m, "m", n, k);
        check(n, "n", m, k);
        check(k, "k", m, n);
        final long values = Math.max((long) m * k, Math.max((long) n * k, (long) m * n));
        if (values > MOST_VALUES) {
            throw new IllegalArgumentException("shape: '" + name(m, n, k, warmth) + "' has a matrix of " + values
                    + " values; expected " + MOST_VALUES + " or fewer");
        }
    }

    private static void check(int size, String name, int other, int another) {
        if (size < 1) {
            throw new IllegalArgumentException("shape: " + name + " = " + size + " beside " + other + " and " + another
                    + "; expected 1 or more of each");
        }
    }

    /**
     * The shape of a name.
     *
     * @throws IllegalArgumentException if the name is of another form, or a matrix would have no values or too many
     */
    public static SweptShape parse(String name) {
        final SweptShape shape = of(name).orElseThrow(() -> new IllegalArgumentException("shape: '" + name
                + "' is not of the form <m>x<n>x<k> or <m>x<n>x<k>-cold, of numbers up to 999999; "
                + of(likely(name)).map(meant -> "did you mean '" + meant + "'?").orElse("for example 8x1024x512")));
        if (!shape.toString().equals(name)) {
            throw new IllegalArgumentException(
                    "shape: '" + name + "' has zeros before its numbers; did you mean '" + shape + "'?");
        }
        return shape;
    }

    private static Optional<SweptShape> of(String name) {
        final Matcher match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new SweptShape(
                        Integer.parseInt(match.group(1)),
                        Integer.parseInt(match.group(2)),
                        Integer.parseInt(match.group(3)),
                        match.group(4) == null ? Warmth.WARM : Warmth.COLD))
                : Optional.empty();
    }

    /** What somebody may have meant by a name that is none. */
    private static String likely(String name) {
        final String cold =
                BEFORE_COLD.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceFirst("-$1");
        return BETWEEN.matcher(cold).replaceAll("x");
    }

    private static String name(int m, int n, int k, Warmth warmth) {
        return m + "x" + n + "x" + k
                + switch (warmth) {
                    case WARM -> "";
                    case COLD -> COLD;
                };
    }

    /** Its name. */
    @Override
    public String toString() {
        return name(m, n, k, warmth);
    }
}
