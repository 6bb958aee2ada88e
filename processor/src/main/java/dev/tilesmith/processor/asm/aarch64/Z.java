package dev.tilesmith.processor.asm.aarch64;

import java.util.Optional;

/**
 * A scalable vector register.
 *
 * @param index 0 to 31
 * @param size of its elements, or empty for the register as a whole
 */
public record Z(int index, Optional<ElementSize> size) implements Register {
    public Z {
        Bounds.require("index of a z register", index, 0, 31);
    }

    /** Register {@code index} as a whole. */
    public static Z z(int index) {
        return new Z(index, Optional.empty());
    }

    /** Register {@code index} by its bytes. */
    public static Z b(int index) {
        return new Z(index, Optional.of(ElementSize.B));
    }

    /** Register {@code index} by elements of 16 bits. */
    public static Z h(int index) {
        return new Z(index, Optional.of(ElementSize.H));
    }

    /** Register {@code index} by elements of 32 bits. */
    public static Z s(int index) {
        return new Z(index, Optional.of(ElementSize.S));
    }

    /** Register {@code index} by elements of 64 bits. */
    public static Z d(int index) {
        return new Z(index, Optional.of(ElementSize.D));
    }

    /** The same register by elements of this size. */
    public Z as(ElementSize other) {
        return new Z(index, Optional.of(other));
    }

    /** One element of each 128-bit segment, or one portion of the register as a whole. */
    public Element lane(int lane) {
        return new Element(this, lane);
    }

    @Override
    public Shape shape() {
        return new Shape("z", size.map(s -> "." + s.text()).orElse(""));
    }

    @Override
    public String toString() {
        return text();
    }
}
