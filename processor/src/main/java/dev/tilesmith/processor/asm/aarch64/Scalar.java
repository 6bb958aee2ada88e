package dev.tilesmith.processor.asm.aarch64;

/**
 * The lowest element of an Advanced SIMD register, the rest being zero once it is written.
 *
 * @param size of the element; {@code Q} is the whole register
 * @param index 0 to 31
 */
public record Scalar(ElementSize size, int index) implements Register {
    public Scalar {
        Bounds.require("index of a SIMD register", index, 0, 31);
    }

    /** 32 bits of register {@code index}. */
    public static Scalar s(int index) {
        return new Scalar(ElementSize.S, index);
    }

    /** 64 bits of register {@code index}. */
    public static Scalar d(int index) {
        return new Scalar(ElementSize.D, index);
    }

    /** 128 bits of register {@code index}. */
    public static Scalar q(int index) {
        return new Scalar(ElementSize.Q, index);
    }

    @Override
    public Shape shape() {
        return new Shape(size.text(), "");
    }

    @Override
    public String toString() {
        return text();
    }
}
