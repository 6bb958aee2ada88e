package dev.tilesmith.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Speeds, in 10^9 operations a second. Four digits of them: no measurement has more, and reviews read them. */
final class Gops {
    private static final double LEAST = 1e-6;
    private static final double MOST = 1e9;
    private static final MathContext DIGITS = new MathContext(4);
    private static final Pattern NUMBER = Pattern.compile("(0|[1-9]\\d{0,9})(\\.\\d{1,12})?");

    private Gops() {}

    /**
     * A speed as profiles have it.
     *
     * @param name whose it is
     * @throws IllegalArgumentException if it is out of range, or no number
     */
    static double rounded(String name, double gops) {
        final boolean inRange = gops >= LEAST && gops <= MOST; // false for NaN
        if (!inRange) {
            throw new IllegalArgumentException(
                    name + ": " + gops + "; expected " + plain(LEAST) + " to " + plain(MOST));
        }
        return BigDecimal.valueOf(gops).round(DIGITS).doubleValue();
    }

    /** In digits, without an exponent. */
    static String plain(double gops) {
        return BigDecimal.valueOf(gops).stripTrailingZeros().toPlainString();
    }

    /**
     * The speed that a word says.
     *
     * @throws IllegalArgumentException if it says none
     */
    static double parse(String word) {
        if (!NUMBER.matcher(word).matches()) {
            throw new IllegalArgumentException("gops: " + PlainText.quoted(word) + "; expected a number such as 41.2");
        }
        return rounded("gops", Double.parseDouble(word));
    }
}
