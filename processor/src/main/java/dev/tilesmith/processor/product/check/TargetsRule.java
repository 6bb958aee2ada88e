package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.processor.product.plan.Candidates;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;

/** Each target is listed once and has code for the formats. */
final class TargetsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final List<Target> able = Candidates.of(declaration).targets();
        final List<Target> targets = declaration.targets();
        for (int i = 0; i < targets.size(); i++) {
            final Location location = declaration.place("targets").item(i);
            final Target target = targets.get(i);
            if (targets.indexOf(target) < i) {
                findings.add(Finding.of(ProductMessage.DUPLICATE_TARGET, location, target));
            } else if (!able.contains(target)) {
                findings.add(Finding.of(
                        ProductMessage.TARGET_WITHOUT_FORMATS, location, target, declaration.formats(), able));
            }
        }
        return findings;
    }
}
