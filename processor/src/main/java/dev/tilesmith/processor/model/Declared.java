package dev.tilesmith.processor.model;

/** A declaration of whatever operation: what is alike in all of them. */
public interface Declared {
    /** The annotated element. */
    Subject subject();

    /** What code beside it can use. */
    Scope scope();
}
