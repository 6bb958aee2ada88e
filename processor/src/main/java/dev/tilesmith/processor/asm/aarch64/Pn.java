package dev.tilesmith.processor.asm.aarch64;

/**
 * A predicate-as-counter register: how many elements of several vectors.
 *
 * @param index 0 to 15
 * @param use what is said of it
 */
public record Pn(int index, PredicateUse use) implements Register {
    public Pn {
        Bounds.require("index of a predicate-as-counter register", index, 0, 15);
    }

    /** Register {@code index}. */
    public static Pn pn(int index) {
        return new Pn(index, PredicateUse.PLAIN);
    }

    /** Leaving inactive elements as they are. */
    public Pn merging() {
        return new Pn(index, PredicateUse.MERGING);
    }

    /** Making inactive elements zero. */
    public Pn zeroing() {
        return new Pn(index, PredicateUse.ZEROING);
    }

    /** By elements of this size. */
    public Pn of(ElementSize size) {
        return new Pn(index, PredicateUse.valueOf(size.name()));
    }

    @Override
    public Shape shape() {
        return new Shape("pn", use.text());
    }

    @Override
    public String toString() {
        return text();
    }
}
