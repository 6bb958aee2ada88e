package dev.tilesmith.processor.asm.aarch64;

/**
 * A predicate register: a bit for each byte of a vector.
 *
 * @param index 0 to 15
 * @param use what is said of it
 */
public record P(int index, PredicateUse use) implements Register {
    public P {
        Bounds.require("index of a predicate register", index, 0, 15);
    }

    /** Register {@code index}. */
    public static P p(int index) {
        return new P(index, PredicateUse.PLAIN);
    }

    /** Leaving inactive elements as they are. */
    public P merging() {
        return new P(index, PredicateUse.MERGING);
    }

    /** Making inactive elements zero. */
    public P zeroing() {
        return new P(index, PredicateUse.ZEROING);
    }

    /** By elements of this size. */
    public P of(ElementSize size) {
        return new P(index, PredicateUse.valueOf(size.name()));
    }

    @Override
    public Shape shape() {
        return new Shape("p", use.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
