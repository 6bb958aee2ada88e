package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import java.util.List;

/** All rules, in groups: a group is asked only where those before it found nothing, for it would repeat their faults. */
public final class Checker {
    private static final List<List<Rule>> GROUPS = List.of(
            List.of(new SubjectRule()),
            List.of(new FormatRoleRule()),
            List.of(new FormatsRule()),
            List.of(new TargetsRule(), new TilesTargetRule(), new TileRowsRule(), new RegisterBudgetRule()));

    private Checker() {}

    /** Everything that is wrong with a declaration. */
    public static List<Finding> check(Declaration declaration) {
        for (final List<Rule> group : GROUPS) {
            final List<Finding> findings = group.stream()
                    .flatMap(rule -> rule.check(declaration).stream())
                    .toList();
            if (!findings.isEmpty()) {
                return findings;
            }
        }
        return List.of();
    }
}
