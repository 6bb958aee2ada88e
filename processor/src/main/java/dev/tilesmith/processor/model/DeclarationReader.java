package dev.tilesmith.processor.model;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads an annotated type into a {@link Declaration}. */
public final class DeclarationReader {
    private static final String KERNEL = "dev.tilesmith.runtime.MatMulKernel";

    private final Elements elements;
    private final Types types;

    /** Reads with the services of one javac run. */
    public DeclarationReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    /** The declaration on {@code type}, or nothing where javac has already found its annotation at fault. */
    public Optional<Declaration> read(TypeElement type) {
        final AnnotationSource source = new AnnotationSource(type);
        final Optional<AnnotationValues> matMul = source.matMul().map(mirror -> new AnnotationValues(elements, mirror));
        final List<AnnotationValues> tiles = source.tiles().stream()
                .map(mirror -> new AnnotationValues(elements, mirror))
                .toList();
        try {
            return matMul.map(values -> read(type, values, tiles));
        } catch (AnnotationValues.Malformed _) {
            return Optional.empty(); // javac reports the value itself
        }
    }

    private Declaration read(TypeElement type, AnnotationValues matMul, List<AnnotationValues> tiles) {
        final List<TileRequest> requests = new ArrayList<>();
        for (final AnnotationValues tile : tiles) {
            requests.add(
                    new TileRequest(tile.constant("target", Target.class), tile.integers("mr"), tile.integer("nr")));
        }
        return new Declaration(
                subject(type),
                matMul.constant("lhs", Format.class),
                matMul.constant("rhs", Format.class),
                matMul.constant("dst", Format.class),
                matMul.constant("numerics", Numerics.class),
                matMul.flag("bias"),
                matMul.flag("clamp"),
                matMul.constants("targets", Target.class),
                requests);
    }

    private Subject subject(TypeElement type) {
        final String packageName =
                elements.getPackageOf(type).getQualifiedName().toString();
        final String qualified = type.getQualifiedName().toString();
        final List<String> ownMethods = ElementFilter.methodsIn(type.getEnclosedElements()).stream()
                .filter(method -> method.getModifiers().contains(Modifier.ABSTRACT))
                .map(ExecutableElement::getSimpleName)
                .map(Object::toString)
                .toList();
        return new Subject(
                packageName,
                packageName.isEmpty() ? qualified : qualified.substring(packageName.length() + 1),
                kind(type),
                chain(type).stream().allMatch(this::isPublic),
                chain(type).stream().noneMatch(element -> element.getModifiers().contains(Modifier.PRIVATE)),
                extendsKernel(type),
                type.getTypeParameters().stream().map(Object::toString).toList(),
                ownMethods);
    }

    private static String kind(TypeElement type) {
        return type.getKind() == ElementKind.ANNOTATION_TYPE
                ? "annotation"
                : type.getKind().name().toLowerCase(java.util.Locale.ROOT);
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

    private boolean isPublic(Element element) {
        return element.getModifiers().contains(Modifier.PUBLIC);
    }

    private boolean extendsKernel(TypeElement type) {
        final TypeElement kernel = elements.getTypeElement(KERNEL);
        if (kernel == null) {
            return false;
        }
        final TypeMirror erased = types.erasure(type.asType());
        return types.isSubtype(erased, kernel.asType());
    }
}
