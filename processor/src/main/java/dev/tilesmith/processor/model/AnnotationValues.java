package dev.tilesmith.processor.model;

import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;

/** The values of one annotation, defaults included, as Java's own types. */
public final class AnnotationValues {
    private final Map<? extends ExecutableElement, ? extends AnnotationValue> values;
    private final AnnotationMirror mirror;

    /** A value that is not of its attribute's type: javac has reported it, and gives a placeholder. */
    public static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String attribute, Object value) {
            super(attribute + " = " + value);
        }
    }

    AnnotationValues(Elements elements, AnnotationMirror mirror) {
        this.mirror = mirror;
        this.values = elements.getElementValuesWithDefaults(mirror);
    }

    /** Whether the annotation has such a value, given or by default. */
    public boolean has(String attribute) {
        return values.keySet().stream()
                .anyMatch(element -> element.getSimpleName().contentEquals(attribute));
    }

    /** Whether a value stands in the source: it is no default. */
    public boolean isGiven(String attribute) {
        return mirror.getElementValues().keySet().stream()
                .anyMatch(element -> element.getSimpleName().contentEquals(attribute));
    }

    /** A constant of an enum. */
    public <E extends Enum<E>> E constant(String attribute, Class<E> type) {
        return constant(attribute, value(attribute), type);
    }

    /** Constants of an enum. */
    public <E extends Enum<E>> List<E> constants(String attribute, Class<E> type) {
        return items(attribute).stream()
                .map(item -> constant(attribute, item.getValue(), type))
                .toList();
    }

    /** Whether it is so. */
    public boolean flag(String attribute) {
        return cast(attribute, value(attribute), Boolean.class);
    }

    /** An integer. */
    public int integer(String attribute) {
        return cast(attribute, value(attribute), Integer.class);
    }

    /** Integers. */
    public List<Integer> integers(String attribute) {
        return items(attribute).stream()
                .map(item -> cast(attribute, item.getValue(), Integer.class))
                .toList();
    }

    /** Texts. */
    public List<String> texts(String attribute) {
        return items(attribute).stream()
                .map(item -> cast(attribute, item.getValue(), String.class))
                .toList();
    }

    private <E extends Enum<E>> E constant(String attribute, Object value, Class<E> type) {
        if (value instanceof VariableElement constant) {
            for (final E candidate : type.getEnumConstants()) {
                if (constant.getSimpleName().contentEquals(candidate.name())) {
                    return candidate;
                }
            }
        }
        throw new Malformed(attribute, value);
    }

    private List<AnnotationValue> items(String attribute) {
        final List<?> items = cast(attribute, value(attribute), List.class);
        return items.stream().map(AnnotationValue.class::cast).toList();
    }

    private Object value(String attribute) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().getSimpleName().contentEquals(attribute))
                .<Object>map(entry -> entry.getValue().getValue())
                .findFirst()
                .orElseThrow(() -> new Malformed(attribute, "absent"));
    }

    private static <T> T cast(String attribute, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new Malformed(attribute, value);
        }
        return type.cast(value);
    }
}
