package dev.tilesmith.processor.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads an annotated type into a {@link Subject}. */
final class SubjectReader {
    private final Elements elements;
    private final Types types;
    private final ScopeReader scopes;

    SubjectReader(Elements elements, Types types, ScopeReader scopes) {
        this.elements = elements;
        this.types = types;
        this.scopes = scopes;
    }

    Subject read(TypeElement type, KernelType kernel) {
        final String packageName =
                elements.getPackageOf(type).getQualifiedName().toString();
        final String qualified = type.getQualifiedName().toString();
        final MethodReader methods = new MethodReader(elements, types, type, scopes.type(type, kernel.superclass()));
        final List<ExecutableElement> missing = methods.missing().toList();
        return new Subject(
                packageName,
                packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1),
                kind(type),
                chain(type).stream().allMatch(element -> element.getModifiers().contains(Modifier.PUBLIC)),
                chain(type).stream().noneMatch(element -> element.getModifiers().contains(Modifier.PRIVATE)),
                type.getModifiers().contains(Modifier.SEALED),
                isSubtype(type, kernel.kernel()),
                List.copyOf(unresolved(type, new LinkedHashSet<>())),
                type.getTypeParameters().stream().map(Object::toString).toList(),
                signatures(missing.stream().filter(method -> isOwn(method, type))),
                signatures(missing.stream().filter(method -> !isOwn(method, type))),
                signatures(methods.hidden()),
                List.copyOf(new WarningReader(elements, types).read(type, chain(type))));
    }

    private static boolean isOwn(ExecutableElement method, TypeElement type) {
        return method.getEnclosingElement().equals(type);
    }

    /** The same from every compiler: what elements print of themselves is not. */
    static String signature(ExecutableElement method) {
        return method.getParameters().stream()
                .map(parameter -> parameter.asType().toString())
                .collect(Collectors.joining(",", method.getSimpleName() + "(", ")"));
    }

    private static List<String> signatures(Stream<ExecutableElement> methods) {
        return methods.map(SubjectReader::signature).toList();
    }

    private static String kind(TypeElement type) {
        return type.getKind() == ElementKind.ANNOTATION_TYPE
                ? "annotation"
                : type.getKind().name().toLowerCase(Locale.ROOT);
    }

    /** The type and the types around it. */
    private static List<Element> chain(TypeElement type) {
        final List<Element> chain = new ArrayList<>();
        for (Element element = type;
                element.getKind().isClass() || element.getKind().isInterface();
                element = element.getEnclosingElement()) {
            chain.add(element);
        }
        return chain;
    }

    private boolean isSubtype(TypeElement type, Class<?> kernel) {
        return scopes.type(type, kernel)
                .filter(found -> types.isSubtype(type.asType(), found.asType()))
                .isPresent();
    }

    private Set<String> unresolved(TypeElement type, Set<String> names) {
        for (final TypeMirror supertype : type.getInterfaces()) { // Types.directSupertypes leaves unknown ones out
            if (supertype.getKind() == TypeKind.ERROR) {
                names.add(supertype.toString());
            } else {
                unresolved((TypeElement) types.asElement(supertype), names);
            }
        }
        return names;
    }
}
