package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.model.Places;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lattices are of targets of the declaration, each named once. */
final class SweepTargetsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        return declaration.sweep().stream()
                .flatMap(sweep -> check(declaration, sweep.targets()))
                .toList();
    }

    private static Stream<Finding> check(Declaration declaration, List<Target> targets) {
        final List<Finding> findings = new ArrayList<>();
        final Candidates candidates = Candidates.of(declaration);
        final List<Target> able = candidates.targets();
        for (int i = 0; i < targets.size(); i++) {
            final Target target = targets.get(i);
            final Location location = Places.sweep("targets", i);
            if (targets.indexOf(target) < i) {
                findings.add(Finding.of(ProductMessage.DUPLICATE_TARGET, location, target));
            } else if (!able.contains(target)) {
                findings.add(Finding.of(
                        ProductMessage.TARGET_WITHOUT_FORMATS, location, target, declaration.formats(), able));
            } else if (!candidates.isAskedFor(target)) {
                findings.add(
                        Finding.of(ProductMessage.SWEEP_OF_ABSENT_TARGET, location, target, declaration.targets()));
            }
        }
        return findings.stream();
    }
}
