package dev.tilesmith.processor.product.model;

import dev.tilesmith.processor.model.AnnotationValues;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Schedule.Prefetch;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/** Reads an annotated type into a {@link Declaration}. */
public final class DeclarationReader {
    private final TypeReader types;
    private final KernelType kernel;
    private final Set<Class<? extends Annotation>> companions;

    /**
     * Reads with what reads types.
     *
     * @param kernel what the declarations are; its annotation has the values of {@code @MatMul}, but for those of weights where there are none
     * @param companions annotations that may say more of them
     */
    public DeclarationReader(TypeReader types, KernelType kernel, Set<Class<? extends Annotation>> companions) {
        this.types = types;
        this.kernel = kernel;
        this.companions = Set.copyOf(companions);
    }

    /**
     * The declaration on {@code type}.
     *
     * @throws AnnotationValues.Malformed if a value of an annotation is not of its attribute's type
     */
    public Declaration read(TypeElement type) {
        final AnnotationValues declared =
                types.annotations(type, kernel.annotation()).getFirst();
        final List<TileRequest> tiles = companions(type, Tiles.class).stream()
                .map(DeclarationReader::tiles)
                .toList();
        return new Declaration(
                kernel,
                types.subject(type, kernel),
                types.scope(type),
                declared.constant("lhs", Format.class),
                declared.constant("rhs", Format.class),
                declared.constant("dst", Format.class),
                scales(declared),
                declared.constant("numerics", Numerics.class),
                declared.has("bias") && declared.flag("bias"),
                declared.constant("activation", Activation.class),
                declared.flag("clamp"),
                declared.constants("targets", Target.class),
                tiles,
                companions(type, Sweep.class).stream().findFirst().map(sweep -> sweep(sweep, type)));
    }

    private List<AnnotationValues> companions(TypeElement type, Class<? extends Annotation> annotation) {
        return companions.contains(annotation) ? types.annotations(type, annotation) : List.of();
    }

    private static TileRequest tiles(AnnotationValues tiles) {
        return new TileRequest(
                tiles.constant("target", Target.class),
                tiles.integers("mr"),
                tiles.integer("nr"),
                tiles.integer("unroll"),
                tiles.constant("prefetch", Prefetch.class));
    }

    private SweepRequest sweep(AnnotationValues sweep, TypeElement type) {
        return new SweepRequest(
                sweep.constants("targets", Target.class),
                sweep.integers("unroll"),
                sweep.texts("shapes"),
                Stream.of(JmhObstacle.values())
                        .filter(obstacle -> isThere(obstacle, type))
                        .toList());
    }

    private boolean isThere(JmhObstacle obstacle, TypeElement type) {
        return switch (obstacle) {
            case NO_JMH -> !types.isThere(type, JmhTypes.BENCHMARK);
            case NO_SWEEP -> !types.isThere(type, JmhTypes.PRODUCT);
            case NO_PACKAGE -> types.subject(type, kernel).packageName().isEmpty();
        };
    }

    /** What is not said is left to the formats. */
    private static Optional<Format> scales(AnnotationValues declared) {
        return declared.isGiven("scales") ? Optional.of(declared.constant("scales", Format.class)) : Optional.empty();
    }
}
