package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declared;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.ArrayList;
import java.util.List;

/** A generated class of the same package can name the interface and implement it. */
final class ImplementableRule implements Rule<Declared> {
    @Override
    public List<Finding> check(Declared declaration) {
        final Subject subject = declaration.subject();
        final List<Finding> findings = new ArrayList<>();
        if (!subject.typeParameters().isEmpty()) {
            findings.add(finding(CommonMessage.GENERIC, subject.name(), String.join(", ", subject.typeParameters())));
        }
        if (!subject.isReachable()) {
            findings.add(finding(CommonMessage.UNREACHABLE, subject.name(), subject.generatedPrefix()));
        }
        if (subject.isSealed()) {
            findings.add(finding(CommonMessage.SEALED, subject.name()));
        }
        return findings;
    }

    private static Finding finding(CommonMessage message, Object... arguments) {
        return Finding.of(message, Location.element(), arguments);
    }
}
