package dev.tilesmith.processor.model;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads annotated types, for whatever operation. */
public final class TypeReader {
    private final Elements elements;
    private final ScopeReader scopes;
    private final SubjectReader subjects;

    /**
     * Reads with the services of one javac run.
     *
     * @param names qualified names of the top-level types that its sources have, and of their packages
     */
    public TypeReader(ProcessingEnvironment environment, Set<String> names) {
        this.elements = environment.getElementUtils();
        this.scopes = new ScopeReader(environment, names);
        this.subjects = new SubjectReader(elements, environment.getTypeUtils(), scopes);
    }

    /**
     * The type itself.
     *
     * @param kernel what declarations of the operation are
     */
    public Subject subject(TypeElement type, KernelType kernel) {
        return subjects.read(type, kernel);
    }

    /** What sources beside an element can use. */
    public Scope scope(Element element) {
        return scopes.read(element);
    }

    /** Whether sources beside an element can name a type. */
    public boolean isThere(Element element, String type) {
        return scopes.type(element, type).isPresent();
    }

    /** The values of every annotation of a type that an element has, in the order of the source. */
    public List<AnnotationValues> annotations(Element element, Class<? extends Annotation> annotation) {
        return new AnnotationSource(element)
                .annotations(annotation).stream()
                        .map(mirror -> new AnnotationValues(elements, mirror))
                        .toList();
    }
}
