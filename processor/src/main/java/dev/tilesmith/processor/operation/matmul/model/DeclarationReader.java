package dev.tilesmith.processor.operation.matmul.model;

import dev.tilesmith.processor.model.AnnotationValues;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.MatMul;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import dev.tilesmith.spec.Tiles;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** Reads an annotated type into a {@link Declaration}. */
public final class DeclarationReader {
    private final TypeReader types;
    private final KernelType kernel;

    /**
     * Reads with what reads types.
     *
     * @param kernel what the declarations are
     */
    public DeclarationReader(TypeReader types, KernelType kernel) {
        this.types = types;
        this.kernel = kernel;
    }

    /**
     * The declaration on {@code type}.
     *
     * @throws AnnotationValues.Malformed if a value of an annotation is not of its attribute's type
     */
    public Declaration read(TypeElement type) {
        final AnnotationValues matMul = types.annotations(type, MatMul.class).getFirst();
        final List<TileRequest> tiles = types.annotations(type, Tiles.class).stream()
                .map(DeclarationReader::tiles)
                .toList();
        return new Declaration(
                types.subject(type, kernel),
                types.scope(type),
                matMul.constant("lhs", Format.class),
                matMul.constant("rhs", Format.class),
                matMul.constant("dst", Format.class),
                scales(matMul),
                matMul.constant("numerics", Numerics.class),
                matMul.flag("bias"),
                matMul.flag("clamp"),
                matMul.constants("targets", Target.class),
                tiles);
    }

    private static TileRequest tiles(AnnotationValues tiles) {
        return new TileRequest(tiles.constant("target", Target.class), tiles.integers("mr"), tiles.integer("nr"));
    }

    /** What is not said is left to the formats. */
    private static Optional<Format> scales(AnnotationValues matMul) {
        return matMul.isGiven("scales") ? Optional.of(matMul.constant("scales", Format.class)) : Optional.empty();
    }
}
