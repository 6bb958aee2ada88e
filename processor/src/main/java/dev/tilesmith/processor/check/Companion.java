package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Location;
import java.lang.annotation.Annotation;
import java.util.Set;

/**
 * An annotation that says more of declarations: of one operation, or of several.
 *
 * @param types the annotation, and the container of a repeated one
 * @param astray what is said of an element that has it and is no declaration: a message about the element's name, and of the
 *     annotations that it lacks
 * @param location where it is said
 */
public record Companion(Set<Class<? extends Annotation>> types, Message astray, Location location) {
    /** Makes the set immutable. */
    public Companion {
        types = Set.copyOf(types);
    }

    /**
     * What there is to say of an element that is no declaration.
     *
     * @param element its name
     * @param declaring the annotations that would make it one, as messages name them
     */
    public Finding astray(String element, String declaring) {
        return Finding.of(astray, location, element, declaring);
    }
}
