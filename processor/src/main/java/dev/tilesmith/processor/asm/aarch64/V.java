package dev.tilesmith.processor.asm.aarch64;

/**
 * An Advanced SIMD register.
 *
 * @param index 0 to 31
 * @param arrangement its elements
 */
public record V(int index, Arrangement arrangement) implements Register {
    public V {
        Bounds.require("index of a SIMD register", index, 0, 31);
    }

    /** Register {@code index} as 4 elements of 32 bits. */
    public static V s4(int index) {
        return new V(index, Arrangement.S4);
    }

    /** Register {@code index} as 16 bytes. */
    public static V b16(int index) {
        return new V(index, Arrangement.B16);
    }

    /** Register {@code index} as 8 elements of 16 bits. */
    public static V h8(int index) {
        return new V(index, Arrangement.H8);
    }

    /** Register {@code index} as 2 elements of 64 bits. */
    public static V d2(int index) {
        return new V(index, Arrangement.D2);
    }

    /** The same register seen otherwise. */
    public V as(Arrangement other) {
        return new V(index, other);
    }

    /** One element, or group of elements; the arrangement is that of the element: {@code B, H, S, D, B4, H2}. */
    public Element lane(int lane) {
        return new Element(this, lane);
    }

    @Override
    public Shape shape() {
        return new Shape("v", "." + arrangement.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
