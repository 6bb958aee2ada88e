package dev.tilesmith.processor.model;

import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads what sources beside an element can use. */
final class ScopeReader {
    private final Elements elements;
    private final int release;
    private final Set<String> names;

    ScopeReader(ProcessingEnvironment environment, Set<String> names) {
        this.elements = environment.getElementUtils();
        this.release = environment.getSourceVersion().runtimeVersion().feature();
        this.names = names;
    }

    Scope read(Element element) {
        return new Scope(
                release,
                module(element)
                        .map(module -> module.getQualifiedName().toString())
                        .orElse(""),
                type(element, "jdk.incubator.vector.FloatVector").isPresent(),
                type(element, "javax.annotation.processing.Generated").isPresent(),
                names);
    }

    /** The type that javac has of the name of {@code type}, if sources beside {@code element} can name it. */
    Optional<TypeElement> type(Element element, Class<?> type) {
        return type(element, type.getCanonicalName());
    }

    /**
     * The type of a canonical name, if sources beside {@code element} can name it. A class in the unnamed package whose name
     * the first of a package's is hides the types of that package as long as javac has not met the package itself.
     */
    Optional<TypeElement> type(Element element, String name) {
        final String packageName = name.substring(0, name.lastIndexOf('.'));
        return module(element)
                .map(module -> Optional.ofNullable(elements.getPackageElement(module, packageName))
                        .flatMap(_ -> Optional.ofNullable(elements.getTypeElement(module, name))))
                .orElseGet(() -> Optional.ofNullable(elements.getTypeElement(name)));
    }

    /** The module of an element: none before Java 9. */
    private Optional<ModuleElement> module(Element element) {
        return Optional.ofNullable(elements.getModuleOf(element));
    }
}
