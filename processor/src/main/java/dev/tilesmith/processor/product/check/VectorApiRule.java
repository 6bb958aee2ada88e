package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.SweepRequest;
import dev.tilesmith.processor.product.model.TileRequest;
import dev.tilesmith.processor.product.plan.Candidate;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;

/** Where sources cannot use the Vector API, no target of it is asked for by name; others go without, and say so. */
final class VectorApiRule implements Rule<Declaration> {
    private static final String MODULE = "jdk.incubator.vector";

    @Override
    public List<Finding> check(Declaration declaration) {
        if (declaration.scope().hasVectorApi()) {
            return List.of();
        }
        final List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < declaration.targets().size(); i++) {
            missing(
                    findings,
                    declaration,
                    declaration.targets().get(i),
                    declaration.place("targets").item(i));
        }
        for (int i = 0; i < declaration.tiles().size(); i++) {
            final TileRequest tiles = declaration.tiles().get(i);
            missing(findings, declaration, tiles.target(), Places.tiles(i, "target"));
        }
        final List<Target> swept =
                declaration.sweep().map(SweepRequest::targets).orElse(List.of());
        for (int i = 0; i < swept.size(); i++) {
            missing(findings, declaration, swept.get(i), Places.sweep("targets", i));
        }
        return findings.isEmpty() ? leftOut(declaration) : findings;
    }

    private static void missing(List<Finding> findings, Declaration declaration, Target target, Location location) {
        if (inVectorApi(declaration).contains(target)) {
            findings.add(Finding.of(ProductMessage.VECTOR_API_MISSING, location, target, remedy(declaration.scope())));
        }
    }

    private static List<Finding> leftOut(Declaration declaration) {
        final List<Target> targets = inVectorApi(declaration);
        return targets.isEmpty()
                ? List.of()
                : List.of(Finding.of(
                        ProductMessage.VECTOR_API_LEFT_OUT,
                        Location.element(),
                        declaration.subject().name(),
                        targets,
                        remedy(declaration.scope())));
    }

    /** The targets asked for whose code is source that uses the Vector API. */
    private static List<Target> inVectorApi(Declaration declaration) {
        return Candidates.of(declaration).asked().stream()
                .filter(candidate -> Candidates.usesVectorApi(candidate.kernelTarget()))
                .map(Candidate::target)
                .toList();
    }

    private static String remedy(Scope scope) {
        return scope.module().isEmpty()
                ? "compile with --add-modules=" + MODULE
                : "add \"requires " + MODULE + ";\" to the module-info.java of " + scope.module();
    }
}
