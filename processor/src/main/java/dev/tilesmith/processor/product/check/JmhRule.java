package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Scope;
import dev.tilesmith.processor.model.TypeNames;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.JmhObstacle;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.model.SweepRequest;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where JMH is at hand, and there can be no JMH class all the same, a note says what is missing. Without JMH nobody waits for one, and
 * Maven shows notes of a javac of its own as warnings.
 */
final class JmhRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return declaration.sweep().stream()
                .filter(sweep -> !sweep.hasJmh() && !sweep.obstacles().contains(JmhObstacle.NO_JMH))
                .map(sweep -> Finding.of(
                        ProductMessage.NO_JMH_CLASS,
                        Places.sweep(),
                        declaration.subject().name(),
                        new TypeNames(declaration.subject()).sweep(),
                        remedies(sweep, declaration.scope())))
                .toList();
    }

    private static String remedies(SweepRequest sweep, Scope scope) {
        return sweep.obstacles().stream()
                .map(obstacle -> remedy(obstacle, scope))
                .collect(Collectors.joining("; "));
    }

    private static String remedy(JmhObstacle obstacle, Scope scope) {
        return switch (obstacle) {
            case NO_JMH -> throw new IllegalArgumentException("obstacle: " + obstacle + ", of which nothing is told");
            case NO_SWEEP -> lacking(scope, "dev.tilesmith:sweep", "dev.tilesmith.sweep");
            case NO_PACKAGE -> "put it in a package, for JMH takes no class without";
        };
    }

    private static String lacking(Scope scope, String artifact, String module) {
        return "add " + artifact
                + (scope.module().isEmpty() ? " to the class path" : " and \"requires " + module + ";\" to the module");
    }
}
