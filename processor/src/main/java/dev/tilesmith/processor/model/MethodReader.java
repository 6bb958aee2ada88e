package dev.tilesmith.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Tells which methods of an interface a generated class would not have, or not call. Such a class extends one
 * of the runtime and has no methods of its own: what a class inherits from its superclass goes before what its interfaces
 * give, default or not.
 */
final class MethodReader {
    private static final Set<Modifier> SEEN = Set.of(Modifier.PUBLIC, Modifier.PROTECTED);

    private final Types types;
    private final TypeElement type;
    private final List<ExecutableElement> methods;
    private final List<ExecutableElement> inherited;

    /**
     * Looks at {@code type}.
     *
     * @param superclass what the generated class extends
     */
    MethodReader(Elements elements, Types types, TypeElement type, Optional<TypeElement> superclass) {
        this.types = types;
        this.type = type;
        this.methods = ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(method -> method.getEnclosingElement().getKind().isInterface())
                .toList();
        this.inherited = superclass.stream()
                .flatMap(element -> ElementFilter.methodsIn(elements.getAllMembers(element)).stream())
                .filter(method -> method.getEnclosingElement().getKind().isClass())
                .filter(method -> !method.getModifiers().contains(Modifier.STATIC))
                .filter(method -> method.getModifiers().stream().anyMatch(SEEN::contains))
                .toList();
    }

    /** Abstract methods that the class would lack. */
    Stream<ExecutableElement> missing() {
        return methods.stream()
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .filter(method -> inherited(method)
                        .filter(own -> implementsReturn(own, method))
                        .isEmpty());
    }

    /** Default methods that the class has otherwise from its superclass. */
    Stream<ExecutableElement> hidden() {
        return methods.stream()
                .filter(method -> method.getModifiers().contains(Modifier.DEFAULT))
                .filter(method -> inherited(method).isPresent());
    }

    private Optional<ExecutableElement> inherited(ExecutableElement method) {
        final ExecutableType asMember = (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
        return inherited.stream()
                .filter(own -> own.getSimpleName().equals(method.getSimpleName()))
                .filter(own -> types.isSubsignature((ExecutableType) own.asType(), asMember))
                .findFirst();
    }

    /** Whether a class's method can stand for an interface's: it is public, and gives no less. */
    private boolean implementsReturn(ExecutableElement own, ExecutableElement method) {
        final ExecutableType asMember = (ExecutableType) types.asMemberOf((DeclaredType) type.asType(), method);
        return own.getModifiers().contains(Modifier.PUBLIC)
                && (own.getReturnType().getKind() == TypeKind.VOID
                        ? asMember.getReturnType().getKind() == TypeKind.VOID
                        : types.isSubtype(own.getReturnType(), types.erasure(asMember.getReturnType())));
    }
}
