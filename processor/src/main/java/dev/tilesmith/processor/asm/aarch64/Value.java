package dev.tilesmith.processor.asm.aarch64;

/**
 * A number that an operand has, as a field says it.
 *
 * @param field the field
 * @param scale units of the field's number, 1 or -1 or more
 * @param offset what a field of zero means
 * @param min least value
 * @param max greatest value
 */
record Value(Field field, long scale, long offset, long min, long max) {
    static Value of(Field field, long scale, long offset) {
        final long first = scale * field.min() + offset;
        final long last = scale * field.max() + offset;
        return new Value(field, scale, offset, Math.min(first, last), Math.max(first, last));
    }

    /** A value that no bit says. */
    static Value constant(long value) {
        return of(Field.NONE, 1, value);
    }

    Value within(long least, long greatest) {
        return new Value(field, scale, offset, least, greatest);
    }

    boolean contains(long value) {
        return value >= min && value <= max && (value - offset) % scale == 0 && field.admits((value - offset) / scale);
    }

    Setting setting(long value) {
        return new Setting(field, (value - offset) / scale);
    }

    /** The value that the field says with {@code code}. */
    long decoded(long code) {
        return scale * code + offset;
    }

    String describe() {
        if (min == max) {
            return Long.toString(min);
        }
        return (Math.abs(scale) > 1 ? "a multiple of " + Math.abs(scale) + " from " : "") + min + " to " + max;
    }
}
