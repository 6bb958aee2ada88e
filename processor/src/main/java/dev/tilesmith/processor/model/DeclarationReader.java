package dev.tilesmith.processor.model;

import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Reads an annotated type into a {@link Declaration}. */
public final class DeclarationReader {
    private final Elements elements;
    private final ScopeReader scopes;
    private final SubjectReader subjects;

    /**
     * Reads with the services of one javac run.
     *
     * @param names qualified names of the top-level types that its sources have, and of their packages
     */
    public DeclarationReader(ProcessingEnvironment environment, Set<String> names) {
        this.elements = environment.getElementUtils();
        this.scopes = new ScopeReader(environment, names);
        this.subjects = new SubjectReader(elements, environment.getTypeUtils(), scopes);
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
                subjects.read(type),
                scopes.read(type),
                matMul.constant("lhs", Format.class),
                matMul.constant("rhs", Format.class),
                matMul.constant("dst", Format.class),
                scales(matMul),
                matMul.constant("numerics", Numerics.class),
                matMul.flag("bias"),
                matMul.flag("clamp"),
                matMul.constants("targets", Target.class),
                requests);
    }

    /** What is not said is left to the formats. */
    private static Optional<Format> scales(AnnotationValues matMul) {
        return matMul.isGiven("scales") ? Optional.of(matMul.constant("scales", Format.class)) : Optional.empty();
    }
}
