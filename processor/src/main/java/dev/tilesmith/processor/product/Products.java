package dev.tilesmith.processor.product;

import dev.tilesmith.processor.check.Companion;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.emit.SourceWriter;
import dev.tilesmith.processor.model.AnnotationValues;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.TypeReader;
import dev.tilesmith.processor.product.check.ProductMessage;
import dev.tilesmith.processor.product.check.ProductRules;
import dev.tilesmith.processor.product.emit.CodeStore;
import dev.tilesmith.processor.product.emit.KernelEmitter;
import dev.tilesmith.processor.product.emit.ProductCode;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.DeclarationReader;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.plan.Planner;
import dev.tilesmith.spec.Sweep;
import dev.tilesmith.spec.Tiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;

/**
 * What an operation needs whose kernels are products of matrices: its declarations are those of {@code @MatMul} by another
 * annotation, and what is generated for them differs in the interface and the superclass of kernels.
 */
public final class Products {
    /** Tile plans, by {@code @Tiles}. */
    public static final Companion TILES = new Companion(
            Set.of(Tiles.class, Tiles.List.class), ProductMessage.TILES_ASTRAY, Places.tiles(0, "target"));

    /** Lattices of tiles, by {@code @Sweep}. */
    public static final Companion SWEEP =
            new Companion(Set.of(Sweep.class), ProductMessage.SWEEP_ASTRAY, Places.sweep());

    private final KernelType kernel;
    private final List<Companion> companions;

    /** What the declarations of one javac have in common. */
    private final CodeStore store = new CodeStore();

    /**
     * The products of one operation.
     *
     * @param kernel what its declarations are; the annotation has the values of {@code @MatMul}
     * @param companions what may say more of them: some of those above; others that a declaration has all the same are not
     *     read
     */
    public Products(KernelType kernel, List<Companion> companions) {
        this.kernel = kernel;
        this.companions = List.copyOf(companions);
    }

    /** What may say more of its declarations. */
    public List<Companion> companions() {
        return companions;
    }

    /**
     * The declaration on a type.
     *
     * @throws AnnotationValues.Malformed if a value of an annotation is not of its attribute's type
     */
    public Declaration read(TypeElement type, TypeReader reader) {
        return new DeclarationReader(
                        reader,
                        kernel,
                        companions.stream()
                                .flatMap(companion -> companion.types().stream())
                                .collect(Collectors.toUnmodifiableSet()))
                .read(type);
    }

    /** Groups of rules, each of which takes for granted what those before it look at. */
    public static List<List<Rule<? super Declaration>>> rules() {
        return ProductRules.groups();
    }

    /**
     * Plans a declaration that has been found sound, and writes what is generated for it.
     *
     * @throws IOException if a file cannot be written
     */
    public void emit(Declaration declaration, SourceWriter writer) throws IOException {
        new KernelEmitter(Planner.plan(declaration), new ProductCode(writer.detail(), store)).write(writer);
    }
}
