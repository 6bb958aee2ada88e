package dev.tilesmith.processor.model;

/** A place in a declaration that a message is about, without javac's types. */
public sealed interface Location {
    /** The annotated element itself. */
    record OfElement() implements Location {}

    /**
     * A method that the annotated element declares.
     *
     * @param signature the method, as {@link Subject#ownMethods} names it
     */
    record OfMethod(String signature) implements Location {}

    /**
     * A value of {@code @MatMul}.
     *
     * @param attribute its name
     * @param index which of its items; -1 for the whole value
     */
    record OfMatMul(String attribute, int index) implements Location {}

    /**
     * A value of a {@code @Tiles}.
     *
     * @param tiles which of the declaration's, in the order of the source
     * @param attribute its name
     * @param index which of its items; -1 for the whole value
     */
    record OfTiles(int tiles, String attribute, int index) implements Location {}

    /** The annotated element. */
    static Location element() {
        return new OfElement();
    }

    /** A whole value of {@code @MatMul}. */
    static Location matMul(String attribute) {
        return new OfMatMul(attribute, -1);
    }

    /** A whole value of a {@code @Tiles}. */
    static Location tiles(int tiles, String attribute) {
        return new OfTiles(tiles, attribute, -1);
    }
}
