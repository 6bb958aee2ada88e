package dev.tilesmith.processor.asm.x86;

/**
 * A mask register.
 *
 * @param index 0 to 7; k0 holds values but can be no write mask, its code there means "all elements"
 */
public record Mask(int index) implements Operand {
    public Mask {
        if (index < 0 || index > 7) {
            throw new IllegalArgumentException("index of a mask register is " + index + "; it must be 0 to 7");
        }
    }

    /** Mask register {@code index}. */
    public static Mask k(int index) {
        return new Mask(index);
    }

    /** As the destination of a comparison that clears the bits {@code mask} leaves out. */
    public Masked merging(Mask mask) {
        return new Masked(this, mask, false);
    }

    @Override
    public String text() {
        return "k" + index;
    }

    @Override
    public String toString() {
        return text();
    }
}
