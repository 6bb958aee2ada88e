package dev.tilesmith.processor.program;

/** What a register of an epilogue holds. */
public enum Role {
    /** A sum of products. */
    SUM,
    /** What blocks of K add up to. */
    TOTAL,
    /** A sum that was a binary32, as an integer. */
    WHOLE,
    /** The zero point of a row. */
    ZERO_POINT,
    /** The zero point of a row, negative. */
    NEGATIVE,
    /** The same as a binary32. */
    FACTOR,
    /** The inverse of the scale that a row was quantized with. */
    INVERSE_SCALE,
    /** Sums of the weights of columns. */
    WEIGHTS,
    /** What the zero point has added to sums. */
    EXCESS,
    /** What sums of columns begin with. */
    BEGINNING,
    /** Sums of products of the values themselves. */
    EXACT,
    /** The same as a binary32. */
    CONVERTED,
    /** Scales of columns. */
    COLUMN_SCALE,
    /** Scales of columns and of the row. */
    SCALE,
    /** What sums of columns are multiplied with to be results. */
    MULTIPLIER,
    /** What is scaled. */
    SCALED,
    /** The same as an integer. */
    ROUNDED,
    /** The zero points of the result. */
    RESULT_ZERO_POINT,
    /** An integer that is stored as a byte. */
    RESULT,
    /** Biases of columns. */
    BIAS,
    /** With the bias. */
    BIASED,
    /** A step of the curve that is applied to it, constants among them; the last has the result. */
    CURVED,
    /** Within bounds. */
    CLAMPED;

    /** As a name of a variable. */
    String variable() {
        final StringBuilder text = new StringBuilder();
        for (final String word : name().split("_", -1)) {
            text.append(text.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)));
            text.append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        text.setCharAt(0, Character.toLowerCase(text.charAt(0)));
        return text.toString();
    }
}
