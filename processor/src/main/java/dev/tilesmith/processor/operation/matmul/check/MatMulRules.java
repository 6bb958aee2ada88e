package dev.tilesmith.processor.operation.matmul.check;

import dev.tilesmith.processor.check.NamesRule;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.plan.Candidate;
import dev.tilesmith.processor.operation.matmul.plan.Candidates;
import dev.tilesmith.spec.Target;
import java.util.List;

/** The rules that declarations of matrix products keep, beside those of every operation. */
public final class MatMulRules {
    private MatMulRules() {}

    /** All of them, in groups: each takes for granted what those before it look at. */
    public static List<List<Rule<? super Declaration>>> groups() {
        return List.of(
                List.of(new FormatRoleRule()),
                List.of(new FormatsRule()),
                List.of(
                        new NumericsRule(),
                        new ScalesRule(),
                        new TargetsRule(),
                        new VectorApiRule(),
                        new TilesTargetRule(),
                        new TileRowsRule(),
                        new TileColumnsRule(),
                        new RegisterBudgetRule(),
                        new NamesRule<>(MatMulRules::targets)));
    }

    private static List<Target> targets(Declaration declaration) {
        return Candidates.of(declaration).compilable().stream()
                .map(Candidate::target)
                .toList();
    }
}
