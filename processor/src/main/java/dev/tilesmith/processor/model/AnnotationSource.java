package dev.tilesmith.processor.model;

import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Tiles;
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

    /** Whether the element is a declaration. */
    public boolean isDeclaration() {
        return matMul().isPresent();
    }

    Optional<AnnotationMirror> matMul() {
        return mirrors(MatMul.class.getCanonicalName()).stream().findFirst();
    }

    /** Every {@code @Tiles}, taken out of the container that javac puts repeated ones into. */
    List<AnnotationMirror> tiles() {
        final List<AnnotationMirror> all = new ArrayList<>(mirrors(Tiles.class.getCanonicalName()));
        for (final AnnotationMirror list : mirrors(Tiles.List.class.getCanonicalName())) {
            value(list, "value").ifPresent(value -> items(value).stream()
                    .map(AnnotationValue::getValue)
                    .filter(AnnotationMirror.class::isInstance) // javac reports what is not one
                    .map(AnnotationMirror.class::cast)
                    .forEach(all::add));
        }
        return all;
    }

    /** The annotation that a location lies in, if it lies in one. */
    public Optional<AnnotationMirror> annotation(Location location) {
        return switch (location) {
            case Location.OfElement _, Location.OfMethod _ -> Optional.empty();
            case Location.OfMatMul _ -> matMul();
            case Location.OfTiles tiles -> Optional.of(tiles().get(tiles.tiles()));
        };
    }

    /** The annotation value that a location names, if the source gives one. */
    public Optional<AnnotationValue> value(Location location) {
        return switch (location) {
            case Location.OfElement _, Location.OfMethod _ -> Optional.empty();
            case Location.OfMatMul(String attribute, int index) -> value(location, attribute, index);
            case Location.OfTiles(int _, String attribute, int index) -> value(location, attribute, index);
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

    private List<AnnotationMirror> mirrors(String name) {
        final List<AnnotationMirror> found = new ArrayList<>();
        for (final AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (((TypeElement) mirror.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(name)) {
                found.add(mirror);
            }
        }
        return found;
    }
}
