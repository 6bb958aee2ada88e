package dev.tilesmith.processor.lower.aarch64;

import dev.tilesmith.processor.program.Op;
import dev.tilesmith.processor.program.Pass;
import dev.tilesmith.processor.program.Register;
import java.util.Set;
import java.util.stream.Collectors;

/** Products that one instruction multiplies and takes off something. */
final class NeonTakingOff {
    private NeonTakingOff() {}

    /**
     * Those of a pass: read once, by an operation on the same columns that takes them off, and of factors that are still there
     * then, since rows or columns have them.
     */
    static Set<Op.IntMultiply> products(Pass pass) {
        return pass.row().stream()
                .filter(Op.IntMultiply.class::isInstance)
                .map(Op.IntMultiply.class::cast)
                .filter(product -> isLoaded(product.a(), pass) && isLoaded(product.b(), pass))
                .filter(product -> !product.a().isOfRow() || !product.b().isOfRow())
                .filter(product -> isTakenOff(product.to(), pass))
                .collect(Collectors.toSet());
    }

    private static boolean isLoaded(Register factor, Pass pass) {
        return factor.isOfRow()
                || pass.ops().stream()
                        .anyMatch(op -> op instanceof Op.Load load && load.to().equals(factor));
    }

    private static boolean isTakenOff(Register product, Pass pass) {
        final long reads = pass.row().stream()
                .flatMap(op -> op.reads().stream())
                .filter(product::equals)
                .count();
        return reads == 1
                && pass.row().stream()
                        .anyMatch(op -> op instanceof Op.IntSubtract(Register to, Register _, Register b)
                                && b.equals(product)
                                && to.vector() == product.vector());
    }
}
