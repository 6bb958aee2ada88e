package dev.tilesmith.processor.asm.aarch64;

/**
 * What registers of a kind have in common.
 *
 * @param prefix what is written before the number
 * @param suffix what is written after it
 */
record Shape(String prefix, String suffix) {
    String text(int index) {
        return prefix + index + suffix;
    }

    /** The same for one element. */
    Shape element() {
        return new Shape(prefix, suffix + "[]");
    }

    @Override
    public String toString() {
        return prefix + "…" + suffix;
    }
}
