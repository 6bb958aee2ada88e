package dev.tilesmith.processor.product.emit;

import com.palantir.javapoet.AnnotationSpec;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.product.model.Declaration;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The warnings that generated types are to be spared, of which they are not the cause. */
final class Spared {
    private final Declaration declaration;

    Spared(Declaration declaration) {
        this.declaration = declaration;
    }

    /** A type that names the interface, and is as public as that is. */
    Optional<AnnotationSpec> ofFacade() {
        final Scope scope = declaration.scope();
        final boolean marked = declaration.subject().isPublic()
                && scope.hasGenerated()
                && !scope.module().isEmpty();
        return spared(new TreeSet<>(declaration.subject().warnings()), marked);
    }

    /** A public type that names the interface, and types of modules that nobody need require. */
    Optional<AnnotationSpec> ofPublicType() {
        return spared(
                new TreeSet<>(declaration.subject().warnings()),
                !declaration.scope().module().isEmpty());
    }

    /** The mark, for one, is of a module that is not exported with the package. */
    private static Optional<AnnotationSpec> spared(NavigableSet<String> warnings, boolean showsOthers) {
        if (showsOthers) {
            warnings.add("exports");
        }
        if (warnings.isEmpty()) {
            return Optional.empty();
        }
        final AnnotationSpec.Builder spared = AnnotationSpec.builder(SuppressWarnings.class);
        warnings.forEach(warning -> spared.addMember("value", "$S", warning));
        return Optional.of(spared.build());
    }
}
