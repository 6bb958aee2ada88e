package dev.tilesmith.processor.asm.aarch64;

import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Vectors of which an instruction takes several.
 *
 * @param first the first
 * @param count 1 to 4
 * @param stride from the number of one to that of the next; after 31 comes 0
 * @param lane the element meant of each, or empty
 */
public record RegisterList(Register first, int count, int stride, OptionalInt lane) implements Operand {
    public RegisterList {
        if (!(first instanceof V || first instanceof Z)) {
            throw new IllegalArgumentException("first of a list is " + first + "; it must be a vector");
        }
        Bounds.require("number of registers in a list", count, 1, 4);
    }

    /** {@code count} registers, one after another. */
    public static RegisterList list(Register first, int count) {
        return new RegisterList(first, count, 1, OptionalInt.empty());
    }

    /** {@code count} registers, each {@code stride} after the one before. */
    public static RegisterList strided(Register first, int count, int stride) {
        return new RegisterList(first, count, stride, OptionalInt.empty());
    }

    /** The same, of one element each. */
    public RegisterList lane(int number) {
        return new RegisterList(first, count, stride, OptionalInt.of(number));
    }

    @Override
    public String text() {
        return IntStream.range(0, count)
                        .mapToObj(i -> first.shape().text((first.index() + i * stride) % 32))
                        .collect(Collectors.joining(", ", "{", "}"))
                + (lane.isPresent() ? "[" + lane.getAsInt() + "]" : "");
    }

    @Override
    public String toString() {
        return text();
    }
}
