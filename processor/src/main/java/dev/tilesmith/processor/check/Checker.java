package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import java.util.ArrayList;
import java.util.List;

/** All rules, in groups: a group is asked only where those before it found no error, for it would repeat their faults. */
public final class Checker {
    private static final List<List<Rule>> GROUPS = List.of(
            List.of(new InterfaceRule(), new ReleaseRule()),
            List.of(new SupertypesRule()),
            List.of(new KernelRule(), new ImplementableRule(), new MethodsRule()),
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
                    new NamesRule()));

    private Checker() {}

    /** Everything there is to say about a declaration; nothing can be generated for it if there is an error among it. */
    public static List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        for (final List<Rule> group : GROUPS) {
            group.forEach(rule -> findings.addAll(rule.check(declaration)));
            if (findings.stream().anyMatch(Finding::isError)) {
                break;
            }
        }
        return List.copyOf(findings);
    }
}
