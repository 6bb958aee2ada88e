package dev.tilesmith.processor.asm.aarch64;

/** Says of numbers that are out of range what would be right. */
final class Bounds {
    private Bounds() {}

    /** @throws IllegalArgumentException unless {@code value} is from {@code min} to {@code max} */
    static void require(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + " is " + value + "; it must be " + min + " to " + max);
        }
    }
}
