package dev.tilesmith.processor.check;

import dev.tilesmith.processor.model.Declaration;
import dev.tilesmith.processor.model.Location;
import dev.tilesmith.processor.model.Subject;
import java.util.ArrayList;
import java.util.List;

/** The annotated element is an interface that a generated class can implement. */
final class SubjectRule implements Rule {
    @Override
    public List<Finding> check(Declaration declaration) {
        final Subject subject = declaration.subject();
        if (!subject.kind().equals("interface")) {
            return List.of(finding(Message.NOT_AN_INTERFACE, subject.kind(), subject.name()));
        }
        final List<Finding> findings = new ArrayList<>();
        if (!subject.isKernel()) {
            findings.add(finding(Message.NOT_A_KERNEL, subject.name(), subject.name()));
        }
        if (!subject.typeParameters().isEmpty()) {
            findings.add(finding(Message.GENERIC, subject.name(), String.join(", ", subject.typeParameters())));
        }
        if (!subject.isReachable()) {
            findings.add(finding(Message.UNREACHABLE, subject.name(), subject.generatedPrefix()));
        }
        for (final String method : subject.ownMethods()) {
            findings.add(finding(Message.OWN_METHODS, subject.name(), method));
        }
        return findings;
    }

    private static Finding finding(Message message, Object... arguments) {
        return Finding.of(message, Location.element(), arguments);
    }
}
