package dev.tilesmith.processor.model;

import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Reads of which warnings a class is to be spared that names a type and implements it: those that are there on purpose,
 * for the type is deprecated or serializable, and one that the type itself may be spared.
 */
final class WarningReader {
    /** Whoever shows types of Tilesmith in a package that is exported is told to require it transitively. */
    private static final String EXPORTS = "exports";

    private final Elements elements;
    private final Types types;

    WarningReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /**
     * The names of the warnings, as {@code @SuppressWarnings} takes them.
     *
     * @param chain the type and those around it
     */
    Set<String> read(TypeElement type, List<Element> chain) {
        final NavigableSet<String> warnings = new TreeSet<>();
        chain.forEach(element -> deprecation(element, warnings));
        ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT)) // the class implements it
                .forEach(method -> deprecation(method, warnings));
        if (Optional.ofNullable(elements.getTypeElement("java.io.Serializable"))
                .filter(serializable -> types.isSubtype(type.asType(), serializable.asType()))
                .isPresent()) {
            warnings.add("serial");
        }
        if (chain.stream().anyMatch(element -> isSpared(element, EXPORTS))) {
            warnings.add(EXPORTS);
        }
        return warnings;
    }

    private static boolean isSpared(Element element, String warning) {
        return annotation(element, "java.lang.SuppressWarnings").stream()
                .flatMap(mirror -> mirror.getElementValues().values().stream())
                .flatMap(WarningReader::items)
                .anyMatch(warning::equals);
    }

    private static void deprecation(Element element, Set<String> warnings) {
        annotation(element, "java.lang.Deprecated")
                .ifPresent(mirror -> warnings.add(isForRemoval(mirror) ? "removal" : "deprecation"));
    }

    private static boolean isForRemoval(AnnotationMirror deprecated) {
        return deprecated.getElementValues().entrySet().stream()
                .anyMatch(entry -> entry.getKey().getSimpleName().contentEquals("forRemoval")
                        && Objects.equals(entry.getValue().getValue(), true));
    }

    private static Stream<Object> items(AnnotationValue value) {
        return value.getValue() instanceof List<?> items
                ? items.stream().map(AnnotationValue.class::cast).map(AnnotationValue::getValue)
                : Stream.of(value.getValue());
    }

    private static Optional<? extends AnnotationMirror> annotation(Element element, String name) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(name))
                .findFirst();
    }
}
