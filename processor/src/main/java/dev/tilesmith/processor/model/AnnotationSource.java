package dev.tilesmith.processor.model;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The annotations of one element as javac has them, and the way from a {@link Location} back to them. */
public final class AnnotationSource {
    private final Element element;

    /** The annotations of {@code element}. */
    public AnnotationSource(Element element) {
        this.element = element;
    }

    /** The element that a location lies on. */
    public Element element(Location location) {
        return location instanceof Location.OfMethod(String signature)
                ? ElementFilter.methodsIn(element.getEnclosedElements()).stream()
                        .filter(method -> SubjectReader.signature(method).equals(signature))
                        .<Element>map(method -> method)
                        .findFirst()
                        .orElse(element)
                : element;
    }

    /** Whether the element has an annotation of a type. */
    public boolean has(Class<? extends Annotation> annotation) {
        return !annotations(annotation).isEmpty();
    }

    /** Every annotation of a type, those too that are in the container that javac puts repeated ones into. */
    List<AnnotationMirror> annotations(Class<? extends Annotation> annotation) {
        final String name = annotation.getCanonicalName();
        final List<AnnotationMirror> all = new ArrayList<>(element.getAnnotationMirrors().stream()
                .filter(mirror -> isOf(mirror, name))
                .toList());
        Optional.ofNullable(annotation.getAnnotation(Repeatable.class))
                .map(Repeatable::value)
                .ifPresent(container -> all.addAll(contained(container)));
        return all;
    }

    private List<AnnotationMirror> contained(Class<? extends Annotation> container) {
        return annotations(container).stream()
                .flatMap(list -> value(list, "value").stream())
                .flatMap(value -> items(value).stream())
                .map(AnnotationValue::getValue)
                .filter(AnnotationMirror.class::isInstance) // javac reports what is not one
                .map(AnnotationMirror.class::cast)
                .toList();
    }

    private static boolean isOf(AnnotationMirror mirror, String name) {
        return ((TypeElement) mirror.getAnnotationType().asElement())
                .getQualifiedName()
                .contentEquals(name);
    }

    /** The annotation that a location lies in, if it lies in one. */
    public Optional<AnnotationMirror> annotation(Location location) {
        return switch (location) {
            case Location.OfElement _, Location.OfMethod _ -> Optional.empty();
            case Location.OfValue value ->
                annotations(value.annotation()).stream().skip(value.which()).findFirst();
        };
    }

    /** The annotation value that a location names, if the source gives one. */
    public Optional<AnnotationValue> value(Location location) {
        return switch (location) {
            case Location.OfElement _, Location.OfMethod _ -> Optional.empty();
            case Location.OfValue value -> value(location, value.attribute(), value.index());
        };
    }

    private Optional<AnnotationValue> value(Location location, String attribute, int index) {
        return annotation(location)
                .flatMap(mirror -> value(mirror, attribute))
                .map(value -> index < 0 || items(value).isEmpty()
                        ? value
                        : items(value).get(index));
    }

    private static Optional<AnnotationValue> value(AnnotationMirror mirror, String attribute) {
        return mirror.getElementValues().entrySet().stream()
                .filter(entry -> named(entry.getKey(), attribute))
                .<AnnotationValue>map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean named(ExecutableElement method, String attribute) {
        return method.getSimpleName().contentEquals(attribute);
    }

    private static List<AnnotationValue> items(AnnotationValue value) {
        return value.getValue() instanceof List<?> list
                ? list.stream().map(AnnotationValue.class::cast).toList()
                : List.of();
    }
}
