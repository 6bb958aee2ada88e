package dev.tilesmith.processor.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads an annotated type into a {@link Subject}. */
final class SubjectReader {
    private static final String KERNEL = "dev.tilesmith.runtime.MatMulKernel";

    private final Elements elements;
    private final Types types;
    private final Optional<TypeElement> kernel;

    SubjectReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
        this.kernel = Optional.ofNullable(elements.getTypeElement(KERNEL));
    }

    Subject read(TypeElement type) {
        final String packageName =
                elements.getPackageOf(type).getQualifiedName().toString();
        final String qualified = type.getQualifiedName().toString();
        final List<ExecutableElement> abstracts = abstractMethods(type);
        return new Subject(
                packageName,
                packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1),
                kind(type),
                chain(type).stream().allMatch(element -> element.getModifiers().contains(Modifier.PUBLIC)),
                chain(type).stream().noneMatch(element -> element.getModifiers().contains(Modifier.PRIVATE)),
                type.getModifiers().contains(Modifier.SEALED),
                extendsKernel(type),
                List.copyOf(unresolved(type, new LinkedHashSet<>())),
                type.getTypeParameters().stream().map(Object::toString).toList(),
                signatures(abstracts.stream()
                        .filter(method -> method.getEnclosingElement().equals(type))
                        .toList()),
                signatures(abstracts.stream()
                        .filter(method -> !method.getEnclosingElement().equals(type))
                        .toList()));
    }

    static String signature(ExecutableElement method) {
        return method.toString();
    }

    private static List<String> signatures(List<ExecutableElement> methods) {
        return methods.stream().map(SubjectReader::signature).toList();
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

    private boolean extendsKernel(TypeElement type) {
        return kernel.filter(found -> types.isSubtype(type.asType(), found.asType()))
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

    /** The abstract methods of an interface that a class which implements {@code MatMulKernel} does not have. */
    private List<ExecutableElement> abstractMethods(TypeElement type) {
        if (type.getKind() != ElementKind.INTERFACE) {
            return List.of();
        }
        return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .filter(method -> !isOfKernel(method, type))
                .toList();
    }

    private boolean isOfKernel(ExecutableElement method, TypeElement type) {
        return kernel.filter(found -> ElementFilter.methodsIn(found.getEnclosedElements()).stream()
                        .anyMatch(own -> own.equals(method) || elements.overrides(method, own, type)))
                .isPresent();
    }
}
