package dev.tilesmith.processor.product.check;

import dev.tilesmith.processor.check.Finding;
import dev.tilesmith.processor.check.Rule;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.product.model.Declaration;
import dev.tilesmith.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Each target is listed once and has code for what is declared.
 *
 * @param able the targets that have
 * @param withoutCode says of another that it has none
 */
public record TargetsRule(Function<Declaration, List<Target>> able, WithoutCode withoutCode)
        implements Rule<Declaration> {
    /** What is said of a target without code. */
    @FunctionalInterface
    public interface WithoutCode {
        /**
         * Says it.
         *
         * @param able the targets that have some
         */
        Finding finding(Declaration declaration, Location location, Target target, List<Target> able);
    }

    @Override
    public List<Finding> check(Declaration declaration) {
        final List<Finding> findings = new ArrayList<>();
        final List<Target> those = able.apply(declaration);
        final List<Target> targets = declaration.targets();
        for (int i = 0; i < targets.size(); i++) {
            final Location location = declaration.place("targets").item(i);
            final Target target = targets.get(i);
            if (targets.indexOf(target) < i) {
                findings.add(Finding.of(ProductMessage.DUPLICATE_TARGET, location, target));
            } else if (!those.contains(target)) {
                findings.add(withoutCode.finding(declaration, location, target, those));
            }
        }
        return findings;
    }
}
