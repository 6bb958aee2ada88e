package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.plan.Candidate;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Numerics;
import dev.tilesmith.spec.Target;
import java.util.List;
import java.util.function.Function;

/**
 * {@code FAST} is said where it has an effect; elsewhere it misleads whoever reads the declaration.
 *
 * @param candidates the targets that a declaration may have families for
 */
record NumericsRule(Function<Declaration, Candidates> candidates) implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return switch (declaration.numerics()) {
            case REPRODUCIBLE -> List.of();
            case FAST -> ofFast(declaration, candidates.apply(declaration));
        };
    }

    private static List<Finding> ofFast(Declaration declaration, Candidates candidates) {
        final Location location = declaration.place("numerics");
        final List<Target> fast = candidates.targets(Numerics.FAST);
        if (fast.isEmpty()) {
            return List.of(Finding.of(ProductMessage.FAST_CHANGES_NOTHING, location, declaration.formats()));
        }
        final List<Candidate> asked = candidates.asked();
        return asked.stream().anyMatch(candidate -> candidate.numerics() == Numerics.FAST)
                ? List.of()
                : List.of(Finding.of(
                        ProductMessage.FAST_WITHOUT_TARGETS,
                        location,
                        asked.stream().map(Candidate::target).toList(),
                        declaration.formats(),
                        fast));
    }
}
