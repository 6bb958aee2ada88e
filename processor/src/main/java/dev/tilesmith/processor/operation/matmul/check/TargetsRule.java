package dev.tilesmith.processor.operation.matmul.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.operation.matmul.model.Declaration;
import dev.tilesmith.processor.operation.matmul.model.Places;
import dev.tilesmith.processor.operation.matmul.plan.Candidates;
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
            final Location location = Places.matMul("targets", i);
            final Target target = targets.get(i);
            if (targets.indexOf(target) < i) {
                findings.add(Finding.of(MatMulMessage.DUPLICATE_TARGET, location, target));
            } else if (!able.contains(target)) {
                findings.add(Finding.of(
                        MatMulMessage.TARGET_WITHOUT_FORMATS, location, target, declaration.formats(), able));
            }
        }
        return findings;
    }
}
