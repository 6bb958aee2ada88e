package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.ArrayList;
import java.util.List;

/** A generated class, which has no methods of its own, implements all abstract methods, and hides no default ones. */
final class MethodsRule implements Rule<Declared> {
    @Override
    public List<Finding> check(Declared declaration) {
        final Subject subject = declaration.subject();
        final List<Finding> findings = new ArrayList<>();
        for (final String method : subject.ownMethods()) {
            findings.add(Finding.of(CommonMessage.OWN_METHODS, new Location.OfMethod(method), subject.name(), method));
        }
        for (final String method : subject.inheritedMethods()) {
            findings.add(Finding.of(CommonMessage.INHERITED_METHODS, Location.element(), subject.name(), method));
        }
        for (final String method : subject.hiddenMethods()) {
            findings.add(
                    Finding.of(CommonMessage.HIDDEN_METHODS, new Location.OfMethod(method), subject.name(), method));
        }
        return findings;
    }
}
