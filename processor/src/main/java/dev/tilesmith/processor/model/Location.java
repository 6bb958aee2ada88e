package dev.tilesmith.processor.model;

import java.lang.annotation.Annotation;

/** A place in a declaration that a message is about, without javac's types. */
public sealed interface Location {
    /** The name that no value has: what it says is at the annotation itself. */
    String WHOLE = "";

    /** The annotated element itself. */
    record OfElement() implements Location {}

    /**
     * A method that the annotated element declares.
     *
     * @param signature the method, as {@link Subject#ownMethods} names it
     */
    record OfMethod(String signature) implements Location {}

    /**
     * A value of an annotation.
     *
     * @param annotation its type
     * @param which which of the element's annotations of the type, in the order of the source
     * @param attribute the value's name
     * @param index which of its items; -1 for the whole value
     */
    record OfValue(Class<? extends Annotation> annotation, int which, String attribute, int index) implements Location {
        /** One item of it. */
        public OfValue item(int item) {
            return new OfValue(annotation, which, attribute, item);
        }
    }

    /** An annotation that elements have once at most, as a whole. */
    static OfValue annotation(Class<? extends Annotation> annotation) {
        return value(annotation, WHOLE);
    }

    /** The annotated element. */
    static Location element() {
        return new OfElement();
    }

    /** A whole value of an annotation that elements have once at most. */
    static OfValue value(Class<? extends Annotation> annotation, String attribute) {
        return value(annotation, 0, attribute);
    }

    /** A whole value of one of the annotations of a type. */
    static OfValue value(Class<? extends Annotation> annotation, int which, String attribute) {
        return new OfValue(annotation, which, attribute, -1);
    }
}
