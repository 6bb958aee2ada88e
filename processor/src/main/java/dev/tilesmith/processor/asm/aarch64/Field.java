package dev.tilesmith.processor.asm.aarch64;

import java.util.List;

/**
 * A number within an instruction, in one or more parts.
 *
 * @param name the names that the diagram gives its parts, joined by colons
 * @param parts from the most significant
 * @param signed whether the highest bit is a sign
 */
record Field(String name, List<Part> parts, boolean signed) {
    /**
     * Adjacent bits.
     *
     * @param width number of bits
     * @param shifts bits below them, for each place where they stand; none where they must be zero and stand nowhere
     */
    record Part(int width, List<Integer> shifts) {}

    /** A field of no bits. */
    static final Field NONE = new Field("", List.of(), false);

    int width() {
        int width = 0;
        for (final Part part : parts) {
            width += part.width();
        }
        return width;
    }

    long min() {
        return signed ? -(1L << (width() - 1)) : 0;
    }

    long max() {
        return signed ? (1L << (width() - 1)) - 1 : (1L << width()) - 1;
    }

    /** Whether the number can be written here. */
    boolean admits(long code) {
        return code >= min() && code <= max() && admitsZeros(code);
    }

    private boolean admitsZeros(long code) {
        long rest = code;
        for (final Part part : parts.reversed()) {
            if (part.shifts().isEmpty() && low(rest, part.width()) != 0) {
                return false;
            }
            rest >>= part.width();
        }
        return true;
    }

    /** The bits of the instruction that say {@code code}. */
    int bits(long code) {
        int bits = 0;
        long rest = code;
        for (final Part part : parts.reversed()) {
            for (final int shift : part.shifts()) {
                bits |= (int) (low(rest, part.width()) << shift);
            }
            rest >>= part.width();
        }
        return bits;
    }

    private static long low(long value, int width) {
        return value & ((1L << width) - 1);
    }
}
