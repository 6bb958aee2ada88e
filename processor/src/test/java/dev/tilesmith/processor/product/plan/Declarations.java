package dev.tilesmith.processor.product.plan;

import dev.tilesmith.processor.model.KernelType;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.Subject;
import dev.tilesmith.processor.operation.matmul.MatMulOperation;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Formats;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.spec.Activation;
import dev.tilesmith.spec.Format;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Declarations that no source was read for. */
final class Declarations {
    private static final KernelType KERNEL = new MatMulOperation().kernelType();
    private static final Subject SUBJECT = new Subject(
            "example",
            "Linear",
            "interface",
            true,
            true,
            false,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    private static final Scope SCOPE = new Scope(25, "", true, true, Set.of());

    private Declarations() {}

    static Declaration of(Formats formats) {
        return of(formats, List.of(), List.of());
    }

    static Declaration f32(List<Target> targets, List<TileRequest> tiles) {
        return of(new Formats(Format.F32, Format.F32, Format.F32), targets, tiles);
    }

    /** Of BF16, with orders of targets' own admitted. */
    static Declaration fast(Format dst) {
        return of(new Formats(Format.BF16, Format.BF16, dst), Numerics.FAST, List.of(), List.of());
    }

    static Declaration int8(TileRequest tiles) {
        return of(new Formats(Format.QAI8DX, Format.QSI8CX, Format.F32), List.of(tiles.target()), List.of(tiles));
    }

    private static Declaration of(Formats formats, List<Target> targets, List<TileRequest> tiles) {
        return of(formats, Numerics.REPRODUCIBLE, targets, tiles);
    }

    private static Declaration of(Formats formats, Numerics numerics, List<Target> targets, List<TileRequest> tiles) {
        return new Declaration(
                KERNEL,
                SUBJECT,
                SCOPE,
                formats.lhs(),
                formats.rhs(),
                formats.dst(),
                Optional.empty(),
                numerics,
                true,
                Activation.NONE,
                true,
                targets,
                tiles,
                Optional.empty());
    }

    /** The same as another, and swept. */
    static Declaration swept(Declaration declaration, SweepRequest sweep) {
        return new Declaration(
                declaration.kernel(),
                declaration.subject(),
                declaration.scope(),
                declaration.lhs(),
                declaration.rhs(),
                declaration.dst(),
                declaration.scales(),
                declaration.numerics(),
                declaration.bias(),
                declaration.activation(),
                declaration.clamp(),
                declaration.targets(),
                declaration.tiles(),
                Optional.of(sweep));
    }

    static Declaration f32(TileRequest tiles) {
        return f32(List.of(), List.of(tiles));
    }
}
