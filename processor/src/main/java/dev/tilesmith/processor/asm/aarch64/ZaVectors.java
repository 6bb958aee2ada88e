package dev.tilesmith.processor.asm.aarch64;

import java.util.Optional;

/**
 * Vectors of ZA, the first being number {@code select + offset}; with groups, as many equally spaced.
 *
 * @param size of their elements, or empty
 * @param select w8 to w11, or w12 to w15
 * @param offset added to it
 * @param count consecutive vectors of each group
 * @param groups 2 or 4, or 1 where there are none
 */
public record ZaVectors(Optional<ElementSize> size, Gpr select, int offset, int count, int groups) implements Operand {
    public ZaVectors {
        Bounds.require("number of vectors", count, 1, 4);
        Bounds.require("number of vector groups", groups, 1, 4);
    }

    /** One vector as a whole. */
    public static ZaVectors za(Gpr select, int offset) {
        return new ZaVectors(Optional.empty(), select, offset, 1, 1);
    }

    /** One vector from each of {@code groups} groups. */
    public static ZaVectors za(ElementSize size, Gpr select, int offset, int groups) {
        return new ZaVectors(Optional.of(size), select, offset, 1, groups);
    }

    static String place(Gpr select, int offset, int count, String groups) {
        return "[" + select.text() + ", " + offset + (count > 1 ? ":" + (offset + count - 1) : "") + groups + "]";
    }

    @Override
    public String text() {
        return "za" + size.map(s -> "." + s.text()).orElse("")
                + place(select, offset, count, groups > 1 ? ", vgx" + groups : "");
    }

    @Override
    public String toString() {
        return text();
    }
}
