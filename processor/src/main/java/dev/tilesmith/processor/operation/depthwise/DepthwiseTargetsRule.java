package dev.tilesmith.processor.operation.depthwise;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.check.ProductMessage;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;

/** Each target is listed once and has code for filters of one channel. */
final class DepthwiseTargetsRule implements Rule<Declaration> {
    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final List<Target> able = DepthwisePlanner.candidates(declaration).targets();
        final List<Target> targets = declaration.targets();
        for (int i = 0; i < targets.size(); i++) {
            final Location location = declaration.place("targets").item(i);
            final Target target = targets.get(i);
            if (targets.indexOf(target) < i) {
                findings.add(Finding.of(ProductMessage.DUPLICATE_TARGET, location, target));
            } else if (!able.contains(target)) {
                findings.add(Finding.of(DepthwiseMessage.TARGET_WITHOUT_CODE, location, target, able));
            }
        }
        return findings;
    }
}
