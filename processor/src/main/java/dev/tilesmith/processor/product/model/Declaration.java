package dev.tilesmith.processor.product.model;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;

/**
 * One declaration of kernels that are products of matrices, as it stands in the source.
 *
 * @param kernel what declares it, and what its kernels are
 * @param subject the annotated element
 * @param scope what code beside it can use
 * @param lhs format of the left operand
 * @param rhs format of the right operand
 * @param dst format of the result
 * @param scales format of the scales of blocks, where it says so
 * @param numerics how far variants may differ
 * @param bias whether packing takes a bias
 * @param activation what is applied to results
 * @param clamp whether a call may bound its results
 * @param targets targets asked for; empty for all
 * @param tiles overrides of tile plans, in the order of the source
 * @param sweep what is to be measured, where it asks for that
 */
public record Declaration(
        KernelType kernel,
        Subject subject,
        Scope scope,
        Format lhs,
        Format rhs,
        Format dst,
        Optional<Format> scales,
        Numerics numerics,
        boolean bias,
        Activation activation,
        boolean clamp,
        List<Target> targets,
        List<TileRequest> tiles,
        Optional<SweepRequest> sweep)
        implements Declared {
    /** Makes the lists immutable. */
    public Declaration {
        targets = List.copyOf(targets);
        tiles = List.copyOf(tiles);
    }

    /** The formats, as messages write them. */
    public Formats formats() {
        return new Formats(lhs, rhs, dst);
    }

    /** A whole value of the annotation that declares it. */
    public Location.OfValue place(String attribute) {
        return Location.value(kernel.annotation(), attribute);
    }
}
